package dev.ragindex.benchmarks.speed;

import dev.ragindex.api.Document;
import dev.ragindex.benchmarks.tokens.Megabytes;
import dev.ragindex.benchmarks.tokens.TextKind;
import java.text.BreakIterator;
import java.util.List;
import java.util.Locale;
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

/** Finding sentences and nothing else. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SentenceIteratorBenchmark {

  /** The kind of text. */
  @Param TextKind kind = TextKind.ENGLISH;

  private Corpus corpus = new Corpus(List.of());
  private final BreakIterator jdk = BreakIterator.getSentenceInstance(Locale.ROOT);
  private final com.ibm.icu.text.BreakIterator icu =
      com.ibm.icu.text.BreakIterator.getSentenceInstance(Locale.ROOT);

  /** Made by JMH. */
  public SentenceIteratorBenchmark() {}

  /** Reads texts. */
  @Setup
  public void read() {
    corpus = Corpus.of(kind);
  }

  /**
   * The JDK's.
   *
   * @param done what was read
   * @return sentences
   */
  @Benchmark
  public int jdk(Megabytes done) {
    done.megabytes += corpus.megabytes();
    int sentences = 0;
    for (Document document : corpus.documents()) {
      jdk.setText(document.text());
      while (jdk.next() != BreakIterator.DONE) {
        sentences++;
      }
    }
    return sentences;
  }

  /**
   * ICU's.
   *
   * @param done what was read
   * @return sentences
   */
  @Benchmark
  public int icu(Megabytes done) {
    done.megabytes += corpus.megabytes();
    int sentences = 0;
    for (Document document : corpus.documents()) {
      icu.setText(document.text());
      while (icu.next() != com.ibm.icu.text.BreakIterator.DONE) {
        sentences++;
      }
    }
    return sentences;
  }
}
