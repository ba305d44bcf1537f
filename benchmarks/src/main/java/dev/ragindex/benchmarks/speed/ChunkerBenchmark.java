package dev.ragindex.benchmarks.speed;

import dev.ragindex.api.Chunker;
import dev.ragindex.api.Document;
import dev.ragindex.api.TokenCounter;
import dev.ragindex.benchmarks.tokens.Megabytes;
import dev.ragindex.benchmarks.tokens.TextKind;
import dev.ragindex.core.chunk.ChunkLimits;
import dev.ragindex.core.chunk.Chunkers;
import dev.ragindex.core.chunk.Packing;
import dev.ragindex.core.chunk.SemanticMethod;
import dev.ragindex.core.embed.HashingEmbedder;
import java.util.List;
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

/** Cutting documents by each of our strategies. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ChunkerBenchmark {

  /** Name of the strategy; of the semantic one the embedder is next to free. */
  @Param({"fixed", "sentence", "recursive", "structure", "semantic"})
  String strategy = "recursive";

  /** What is counted. */
  @Param Counting counting = Counting.CL100K;

  /** The kind of text. */
  @Param TextKind kind = TextKind.ENGLISH;

  /** Which cuts are taken. */
  @Param("STABLE")
  Packing packing = Packing.STABLE;

  private Corpus corpus = new Corpus(List.of());
  private Chunker chunker = chunker();

  /** Made by JMH. */
  public ChunkerBenchmark() {}

  /** Reads texts and vocabulary. */
  @Setup
  public void read() {
    corpus = Corpus.of(kind);
    chunker = chunker();
  }

  private Chunker chunker() {
    TokenCounter counter = counting.counter();
    ChunkLimits limits = counting.limits().withPacking(packing);
    return strategy.equals("semantic")
        ? Chunkers.semantic(HashingEmbedder.create(), counter, limits, SemanticMethod.CLUSTER)
        : Chunkers.named(strategy, counter, limits);
  }

  /** A chunker whose counter knows its vocabulary and no text, for each run. */
  @State(Scope.Thread)
  public static class Fresh {
    private Chunker chunker = new ChunkerBenchmark().chunker();

    /** Made by JMH. */
    public Fresh() {}

    /**
     * Reads the vocabulary.
     *
     * @param benchmark which says of what
     */
    @Setup(Level.Invocation)
    public void read(ChunkerBenchmark benchmark) {
      chunker = benchmark.chunker();
    }
  }

  /**
   * Texts that the counter met before.
   *
   * @param done what was cut
   * @return chunks
   */
  @Benchmark
  public int seen(Megabytes done) {
    return cut(chunker, done);
  }

  /**
   * Texts that the counter has not met.
   *
   * @param fresh the chunker
   * @param done what was cut
   * @return chunks
   */
  @Benchmark
  public int unseen(Fresh fresh, Megabytes done) {
    return cut(fresh.chunker, done);
  }

  private int cut(Chunker by, Megabytes done) {
    done.megabytes += corpus.megabytes();
    int chunks = 0;
    for (Document document : corpus.documents()) {
      chunks += by.chunk(document).size();
    }
    return chunks;
  }
}
