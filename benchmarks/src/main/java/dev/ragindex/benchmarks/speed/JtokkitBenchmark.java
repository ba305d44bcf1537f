package dev.ragindex.benchmarks.speed;

import com.knuddels.jtokkit.api.Encoding;
import dev.langchain4j.data.document.DocumentSplitter;
import dev.langchain4j.data.document.splitter.DocumentSplitters;
import dev.ragindex.api.Document;
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
import org.springframework.ai.transformer.splitter.TokenTextSplitter;

/** What counts with jtokkit: itself, and the splitters whose users do. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class JtokkitBenchmark {

  /** What is counted. */
  @Param({"CL100K", "O200K"})
  Counting counting = Counting.CL100K;

  /** The kind of text. */
  @Param TextKind kind = TextKind.ENGLISH;

  private Corpus corpus = new Corpus(List.of());
  private Encoding encoding = counting.encoding();
  private DocumentSplitter langChain4j = langChain4j();
  private TokenTextSplitter springAi = springAi();

  /** Made by JMH. */
  public JtokkitBenchmark() {}

  /** Reads texts and vocabulary. */
  @Setup
  public void read() {
    corpus = Corpus.of(kind);
    encoding = counting.encoding();
    langChain4j = langChain4j();
    springAi = springAi();
  }

  private DocumentSplitter langChain4j() {
    return DocumentSplitters.recursive(
        counting.max(), 0, new CountedBy(encoding::countTokensOrdinary));
  }

  /** Its usual limit of 10,000 chunks would leave the rest of a long text in one. */
  private TokenTextSplitter springAi() {
    return TokenTextSplitter.builder()
        .withEncodingType(counting.encodingType())
        .withChunkSize(counting.max())
        .withMaxNumChunks(Integer.MAX_VALUE)
        .build();
  }

  /**
   * Counts and does nothing else.
   *
   * @param done what was counted
   * @return tokens
   */
  @Benchmark
  public int count(Megabytes done) {
    done.megabytes += corpus.megabytes();
    int tokens = 0;
    for (Document document : corpus.documents()) {
      tokens += encoding.countTokensOrdinary(document.text());
    }
    return tokens;
  }

  /**
   * LangChain4j's recursive splitter, built once.
   *
   * @param done what was cut
   * @return segments
   */
  @Benchmark
  public int langChain4j(Megabytes done) {
    done.megabytes += corpus.megabytes();
    int segments = 0;
    for (Document document : corpus.documents()) {
      segments +=
          langChain4j.split(dev.langchain4j.data.document.Document.from(document.text())).size();
    }
    return segments;
  }

  /**
   * Spring AI's token splitter, built once.
   *
   * @param done what was cut
   * @return chunks
   */
  @Benchmark
  public int springAi(Megabytes done) {
    done.megabytes += corpus.megabytes();
    int chunks = 0;
    for (Document document : corpus.documents()) {
      chunks +=
          springAi.split(new org.springframework.ai.document.Document(document.text())).size();
    }
    return chunks;
  }
}
