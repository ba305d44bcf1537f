package dev.ragindex.benchmarks.chunking;

import dev.ragindex.api.Document;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** How large the chunks are, and how long cutting takes on one thread. */
final class SizeFigure {

  private static final int RUNS = 3;
  private static final double NANOS = 1e9;
  private static final double MEGA = 1e6;

  private final List<Document> documents;
  private final double megabytes;

  SizeFigure(List<Document> documents) {
    this.documents = documents;
    this.megabytes =
        documents.stream()
                .mapToLong(document -> document.text().getBytes(StandardCharsets.UTF_8).length)
                .sum()
            / MEGA;
  }

  /** A row for each variant. */
  MarkdownTable table(List<Variant> variants) {
    MarkdownTable table =
        new MarkdownTable("strategy", "packing", "limit", "chunks", "mean tokens", "MB/s");
    for (Variant variant : variants) {
      table.row(
          variant.strategy(),
          variant.packing(),
          variant.limit(),
          documents.stream().mapToInt(document -> variant.cut(document).size()).sum(),
          Math.round(variant.meanTokens(documents)),
          Numbers.oneDigit(megabytes / bestSeconds(variant)));
    }
    return table;
  }

  private double bestSeconds(Variant variant) {
    double best = Double.POSITIVE_INFINITY;
    for (int run = 0; run < RUNS; run++) {
      long start = System.nanoTime();
      documents.forEach(variant::cut);
      best = Math.min(best, (System.nanoTime() - start) / NANOS);
    }
    return best;
  }
}
