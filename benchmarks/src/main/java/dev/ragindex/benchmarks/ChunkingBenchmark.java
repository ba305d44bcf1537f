package dev.ragindex.benchmarks;

import dev.langchain4j.data.document.DocumentSplitter;
import dev.langchain4j.data.document.splitter.DocumentSplitters;
import dev.langchain4j.data.segment.TextSegment;
import dev.ragindex.api.Chunk;
import dev.ragindex.api.Chunker;
import dev.ragindex.api.Document;
import dev.ragindex.api.TokenCounter;
import dev.ragindex.core.chunk.ChunkLimits;
import dev.ragindex.core.chunk.Chunkers;
import dev.ragindex.tokens.BytePairCounter;
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

/**
 * Cutting one document into chunks of at most 256 cl100k tokens: ours and LangChain4j's recursive
 * splitter, both built once and counting with the same counter.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class ChunkingBenchmark {

  private static final int MAX_TOKENS = 256;
  private static final long SEED = 42;

  /** Length of the document in characters. */
  @Param({"20000", "200000"})
  int characters;

  private Document document = Prose.document(1, SEED);
  private dev.langchain4j.data.document.Document theirDocument =
      dev.langchain4j.data.document.Document.from(document.text());
  private final TokenCounter counter = BytePairCounter.cl100k();
  private final Chunker ours = Chunkers.recursive(counter, ChunkLimits.of(MAX_TOKENS));
  private final DocumentSplitter theirs =
      DocumentSplitters.recursive(MAX_TOKENS, 0, new CountedByOurs(counter));

  /** Made by JMH. */
  public ChunkingBenchmark() {}

  /** Writes the document. */
  @Setup
  public void write() {
    document = Prose.document(characters, SEED);
    theirDocument = dev.langchain4j.data.document.Document.from(document.text());
  }

  /**
   * Our recursive chunker.
   *
   * @return its chunks
   */
  @Benchmark
  public List<Chunk> ours() {
    return ours.chunk(document);
  }

  /**
   * LangChain4j's recursive splitter.
   *
   * @return its segments
   */
  @Benchmark
  public List<TextSegment> langChain4j() {
    return theirs.split(theirDocument);
  }
}
