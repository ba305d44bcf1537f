package dev.ragindex.benchmarks.chunking;

import dev.ragindex.api.Chunker;
import dev.ragindex.api.Document;
import dev.ragindex.core.chunk.EmbeddingChunker;
import java.util.List;

/** How many tokens semantic chunkers embed to find their cuts, beside those of the chunks. */
final class CuttingCostFigure {

  private final List<Document> documents;

  CuttingCostFigure(List<Document> documents) {
    this.documents = documents;
  }

  /** A row for each variant that embeds; they must not have cut anything yet. */
  MarkdownTable table(List<Variant> variants) {
    MarkdownTable table =
        new MarkdownTable(
            "strategy", "method", "tokens of chunks", "embedded to cut them", "ratio");
    for (Variant variant : variants) {
      if (variant.chunker() instanceof EmbeddingChunker embedding) {
        TokenMeter meter = new TokenMeter(embedding.embedder());
        Chunker chunker = embedding.through(meter);
        long chunks =
            documents.stream()
                .flatMap(document -> chunker.chunk(document).stream())
                .mapToLong(chunk -> variant.model().counter().count(chunk.text()))
                .sum();
        long cutting = meter.tokens();
        table.row(
            variant.strategy(),
            variant.packing(),
            chunks,
            cutting,
            Numbers.twoDigits((double) cutting / chunks));
      }
    }
    return table;
  }
}
