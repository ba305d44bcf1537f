package dev.ragindex.benchmarks.speed;

import com.sun.management.ThreadMXBean;
import dev.ragindex.api.Chunk;
import dev.ragindex.api.Chunker;
import dev.ragindex.api.Document;
import dev.ragindex.benchmarks.Prose;
import dev.ragindex.benchmarks.chunking.HostileShape;
import dev.ragindex.core.chunk.ChunkLimits;
import dev.ragindex.core.chunk.Chunkers;
import dev.ragindex.embedder.onnx.OnnxEmbedder;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * What no throughput of usual texts shows: growth with the size of one document, hostile texts,
 * memory, the start of a counter. Times are those of the thread on a processor, the least of some
 * runs.
 */
final class LargeTexts {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final int RUNS = 3;
  private static final int STARTS = 5;

  /** Characters of a text that is embedded: some seconds' work. */
  private static final int EMBEDDED = 200_000;

  private static final double MILLISECOND = 1e6;
  private static final double MOST_FOR_STARTING = 250;

  private final int characters;

  /** Measures documents of some characters, and of ten times as many. */
  LargeTexts(int characters) {
    this.characters = characters;
  }

  /** All figures, beside what is wanted. */
  List<Goal> goals() {
    Chunker chunker = Chunkers.recursive(Counting.CL100K.counter(), Counting.CL100K.limits());
    double prose = perCharacter(chunker, Prose.document(characters, 1));
    List<Goal> goals = new ArrayList<>();
    goals.add(
        Goal.atMost(
            "recursive, cl100k, time a byte: one document of %,d MB beside one of %,d MB"
                .formatted(characters / 100_000, characters / 1_000_000),
            1.25,
            OptionalDouble.of(perCharacter(chunker, Prose.document(10 * characters, 1)) / prose)));
    for (HostileShape shape : HostileShape.values()) {
      goals.add(
          Goal.atMost(
              "recursive, cl100k, time a byte: %s beside prose".formatted(shape.title()),
              3,
              OptionalDouble.of(perCharacter(chunker, shape.document(characters)) / prose)));
    }
    for (String strategy : List.of("fixed", "sentence", "recursive", "structure")) {
      goals.add(
          Goal.atMost(
              "%s, cl100k, bytes allocated a byte beyond the chunks' texts".formatted(strategy),
              2,
              OptionalDouble.of(allocated(strategy, Prose.document(characters, 1)))));
    }
    goals.add(
        Goal.atMost(
            "semantic, MiniLM, own time beside that of embedding to cut, %",
            1, OptionalDouble.of(100 * semanticShare())));
    for (Counting counting : List.of(Counting.CL100K, Counting.O200K, Counting.WORD_PIECE)) {
      goals.add(
          Goal.atMost(
              "start of a counter, %s, ms".formatted(counting),
              MOST_FOR_STARTING,
              OptionalDouble.of(least(STARTS, counting::counter) / MILLISECOND)));
    }
    return goals;
  }

  /** The text is ASCII, so that a chunk holds a byte a character. */
  private static double allocated(String strategy, Document document) {
    Chunker chunker = Chunkers.named(strategy, Counting.CL100K.counter(), Counting.CL100K.limits());
    long before = THREADS.getCurrentThreadAllocatedBytes();
    List<Chunk> chunks = chunker.chunk(document);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    long texts = chunks.stream().mapToLong(chunk -> chunk.text().length()).sum();
    return (double) (allocated - texts) / document.text().length();
  }

  /** The second time all vectors are remembered, and what is left is its own. */
  private static double semanticShare() {
    try (OnnxEmbedder embedder = OnnxEmbedder.miniLm()) {
      Chunker chunker =
          Chunkers.semantic(embedder, ChunkLimits.of(embedder.limits().tokensPerText()));
      Document document = Prose.document(EMBEDDED, 1);
      double first = least(1, () -> chunker.chunk(document));
      double own = least(RUNS, () -> chunker.chunk(document));
      return own / (first - own);
    }
  }

  private static double perCharacter(Chunker chunker, Document document) {
    return least(RUNS, () -> chunker.chunk(document)) / document.text().length();
  }

  private static double least(int runs, Supplier<?> work) {
    double[] nanos = new double[runs];
    for (int i = 0; i < runs; i++) {
      long start = THREADS.getCurrentThreadCpuTime();
      if (work.get() == null) {
        throw new IllegalStateException("nothing was done");
      }
      nanos[i] = THREADS.getCurrentThreadCpuTime() - start;
    }
    return Arrays.stream(nanos).min().orElseThrow();
  }
}
