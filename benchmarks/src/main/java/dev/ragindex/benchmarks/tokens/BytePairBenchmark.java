package dev.ragindex.benchmarks.tokens;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.ragindex.api.TokenCounter;
import dev.ragindex.tokens.BytePairCounter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Counting the tokens of one text as OpenAI's models do: ours and jtokkit. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class BytePairBenchmark {

  /** Tokenizers of OpenAI. */
  public enum Tokenizer {
    /** Of the embedding models. */
    CL100K,
    /** Of the newer language models. */
    O200K;

    TokenCounter ours() {
      return switch (this) {
        case CL100K -> BytePairCounter.cl100k();
        case O200K -> BytePairCounter.o200k();
      };
    }

    Encoding theirs() {
      return Encodings.newLazyEncodingRegistry()
          .getEncoding(
              switch (this) {
                case CL100K -> EncodingType.CL100K_BASE;
                case O200K -> EncodingType.O200K_BASE;
              });
    }
  }

  /** The tokenizer. */
  @Param Tokenizer tokenizer = Tokenizer.CL100K;

  /** The kind of text. */
  @Param TextKind kind = TextKind.ENGLISH;

  private String text = "";
  private double megabytes;
  private TokenCounter ours = tokenizer.ours();
  private Encoding theirs = tokenizer.theirs();

  /** Made by JMH. */
  public BytePairBenchmark() {}

  /** Reads text and vocabularies. */
  @Setup
  public void read() {
    text = kind.text();
    megabytes = text.getBytes(StandardCharsets.UTF_8).length / 1e6;
    ours = tokenizer.ours();
    theirs = tokenizer.theirs();
  }

  /** A counter that knows its vocabulary and no text, for each run. */
  @State(Scope.Thread)
  public static class Fresh {
    private TokenCounter counter = BytePairCounter.cl100k();

    /** Made by JMH. */
    public Fresh() {}

    /**
     * Reads the vocabulary.
     *
     * @param benchmark which says of what
     */
    @Setup(Level.Invocation)
    public void read(BytePairBenchmark benchmark) {
      counter = benchmark.tokenizer.ours();
    }
  }

  /**
   * Our counter, which met the text before.
   *
   * @param done what was counted
   * @return tokens
   */
  @Benchmark
  public int seen(Megabytes done) {
    done.megabytes += megabytes;
    return ours.count(text);
  }

  /**
   * Our counter, which has met nothing yet.
   *
   * @param fresh the counter
   * @param done what was counted
   * @return tokens
   */
  @Benchmark
  public int unseen(Fresh fresh, Megabytes done) {
    done.megabytes += megabytes;
    return fresh.counter.count(text);
  }

  /**
   * jtokkit.
   *
   * @param done what was counted
   * @return tokens
   */
  @Benchmark
  public int jtokkit(Megabytes done) {
    done.megabytes += megabytes;
    return theirs.countTokensOrdinary(text);
  }
}
