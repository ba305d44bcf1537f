package dev.ragindex.benchmarks.tokens;

import dev.ragindex.tokens.WordPieceTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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

/** Counting the tokens of one text as all-MiniLM-L6-v2 does, and finding their ids. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class WordPieceBenchmark {

  private static final String FILE = "/all-minilm-l6-v2-q-tokenizer.json";

  /** The kind of text. */
  @Param TextKind kind = TextKind.ENGLISH;

  private String text = "";
  private double megabytes;
  private final WordPieceTokenizer tokenizer = tokenizer();

  /** Made by JMH. */
  public WordPieceBenchmark() {}

  /** Reads the text. */
  @Setup
  public void read() {
    text = kind.text();
    megabytes = text.getBytes(StandardCharsets.UTF_8).length / 1e6;
  }

  /** A tokenizer that has met no text, for each run. */
  @State(Scope.Thread)
  public static class Fresh {
    private WordPieceTokenizer tokenizer = tokenizer();

    /** Made by JMH. */
    public Fresh() {}

    /** Reads the vocabulary. */
    @Setup(Level.Invocation)
    public void read() {
      tokenizer = tokenizer();
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
    return tokenizer.counter().count(text);
  }

  /**
   * Our counter, which has met nothing yet.
   *
   * @param fresh its tokenizer
   * @param done what was counted
   * @return tokens
   */
  @Benchmark
  public int unseen(Fresh fresh, Megabytes done) {
    done.megabytes += megabytes;
    return fresh.tokenizer.counter().count(text);
  }

  /**
   * Our tokenizer, which finds the ids.
   *
   * @param done what was encoded
   * @return ids
   */
  @Benchmark
  public int[] encode(Megabytes done) {
    done.megabytes += megabytes;
    return tokenizer.encode(text);
  }

  private static WordPieceTokenizer tokenizer() {
    try (InputStream in = WordPieceBenchmark.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is not on the class path");
      }
      return WordPieceTokenizer.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
