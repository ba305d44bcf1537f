package dev.ragindex.benchmarks.speed;

import dev.langchain4j.data.document.DocumentSplitter;
import dev.langchain4j.data.document.splitter.DocumentSplitters;
import dev.ragindex.api.Document;
import dev.ragindex.api.TokenCounter;
import dev.ragindex.benchmarks.tokens.Megabytes;
import dev.ragindex.benchmarks.tokens.TextKind;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** LangChain4j's recursive splitter, built once, with our counter: the splitting is compared. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LangChain4jBenchmark {

  /** What is counted. */
  @Param Counting counting = Counting.CL100K;

  /** The kind of text. */
  @Param TextKind kind = TextKind.ENGLISH;

  private Corpus corpus = new Corpus(List.of());
  private DocumentSplitter splitter = splitter();

  /** Made by JMH. */
  public LangChain4jBenchmark() {}

  /** Reads texts and vocabulary. */
  @Setup
  public void read() {
    corpus = Corpus.of(kind);
    splitter = splitter();
  }

  private DocumentSplitter splitter() {
    TokenCounter counter = counting.counter();
    return counting == Counting.CHARACTERS
        ? DocumentSplitters.recursive(counting.max(), 0)
        : DocumentSplitters.recursive(counting.max(), 0, new CountedBy(counter::count));
  }

  /**
   * Texts that the counter met before.
   *
   * @param done what was cut
   * @return segments
   */
  @Benchmark
  public int withOurCounter(Megabytes done) {
    done.megabytes += corpus.megabytes();
    int segments = 0;
    for (Document document : corpus.documents()) {
      segments +=
          splitter.split(dev.langchain4j.data.document.Document.from(document.text())).size();
    }
    return segments;
  }
}
