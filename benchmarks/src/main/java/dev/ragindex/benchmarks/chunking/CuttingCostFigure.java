package dev.ragindex.benchmarks.chunking;

import dev.ragindex.api.Chunker;
import dev.ragindex.api.Document;
import dev.ragindex.api.Embedder;
import dev.ragindex.core.chunk.EmbeddingChunker;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

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
        Embedder embedder = embedding.embedder();
        LongAdder cutting = new LongAdder();
        Chunker chunker =
            embedding.through(
                texts -> {
                  texts.forEach(text -> cutting.add(embedder.tokenCounter().count(text)));
                  return embedder.embed(texts);
                });
        long chunks =
            documents.stream()
                .flatMap(document -> chunker.chunk(document).stream())
                .mapToLong(chunk -> variant.model().counter().count(chunk.text()))
                .sum();
        table.row(
            variant.strategy(),
            variant.packing(),
            chunks,
            cutting.sum(),
            Numbers.twoDigits(cutting.doubleValue() / chunks));
      }
    }
    return table;
  }
}
