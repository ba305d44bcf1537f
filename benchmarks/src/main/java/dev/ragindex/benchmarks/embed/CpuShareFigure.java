package dev.ragindex.benchmarks.embed;

import com.sun.management.OperatingSystemMXBean;
import dev.ragindex.api.Embedder;
import dev.ragindex.benchmarks.sync.SyntheticSource;
import dev.ragindex.core.RagIndex;
import dev.ragindex.core.SyncReport;
import dev.ragindex.core.embed.HashingEmbedder;
import dev.ragindex.core.memory.InMemoryStore;
import dev.ragindex.embedder.onnx.OnnxEmbedder;
import dev.ragindex.parsers.TikaParser;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Prints what batcher and caches take of a run's processor time. Their own time is sampled in a run
 * whose embedder and store cost next to nothing, so that there are samples enough; what they take
 * for a chunk there is then set against what a chunk costs in a run with MiniLM.
 */
final class CpuShareFigure {

  private static final double GOAL = 0.02;

  /** Long enough for several chunks a document. */
  private static final int SENTENCES = 80;

  /** All between a document's chunks and the embedder, what is nested in them included. */
  private static final Set<String> ASKED_FOR =
      Stream.of(
              "Batcher",
              "Canaries",
              "EmbeddingCalls",
              "KeyFilter",
              "Pace",
              "RunVectors",
              "TokenBudget",
              "UnitVectors",
              "VectorCache")
          .map(name -> "dev.ragindex.core." + name)
          .collect(Collectors.toUnmodifiableSet());

  private static final Pattern NESTED = Pattern.compile("\\$.*");

  private final int documents;
  private final PrintStream out;

  /**
   * A figure.
   *
   * @param documents how many each of the runs has; MiniLM's a twentieth
   */
  CpuShareFigure(int documents, PrintStream out) {
    this.documents = documents;
    this.out = out;
  }

  void print() throws IOException {
    sync(HashingEmbedder.create(), documents); // until the compilers are done
    AtomicReference<Cost> free = new AtomicReference<>();
    CpuSamples samples = CpuSamples.of(() -> free.set(sync(HashingEmbedder.create(), documents)));
    double share = samples.share(CpuShareFigure::isOurs, CpuShareFigure::isAskedFor);
    double nanos = share * free.get().nanosPerChunk();
    double local = sync(OnnxEmbedder.miniLm(), Math.max(1, documents / 20)).nanosPerChunk();
    out.printf(
        Locale.ROOT,
        "%n### Batcher and caches in the processor time of a run%n%n| | µs a chunk | share"
            + " |%n|---|---|---|%n");
    row("hashing embedder, store in memory: all", free.get().nanosPerChunk(), 1);
    row("of that batcher and caches, %,d samples".formatted(samples.stacks().size()), nanos, share);
    row("MiniLM, store in memory: all", local, 1);
    row("of that batcher and caches", nanos, nanos / local);
    out.printf(
        Locale.ROOT,
        "%nGoal: < %.0f %% of a run with MiniLM: %.2f %%, %s.%n",
        GOAL * 100,
        nanos / local * 100,
        nanos / local < GOAL ? "met" : "missed");
  }

  private void row(String what, double nanos, double share) {
    out.printf(Locale.ROOT, "| %s | %,.1f | %.2f %% |%n", what, nanos / 1e3, share * 100);
  }

  /** What a run took of the processors. */
  private record Cost(long nanos, long chunks) {
    double nanosPerChunk() {
      return (double) nanos / chunks;
    }
  }

  private static Cost sync(Embedder embedder, int documents) {
    try (RagIndex index =
        RagIndex.builder()
            .store(InMemoryStore.create())
            .parser(TikaParser.create())
            .embedder(embedder)
            .build()) {
      OperatingSystemMXBean process =
          ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
      long start = process.getProcessCpuTime();
      SyncReport report = index.sync(new SyntheticSource("share", documents, SENTENCES));
      return new Cost(process.getProcessCpuTime() - start, report.chunks().embedded());
    }
  }

  private static boolean isOurs(String type) {
    return type.startsWith("dev.ragindex.");
  }

  private static boolean isAskedFor(String type) {
    return ASKED_FOR.contains(NESTED.matcher(type).replaceFirst(""));
  }
}
