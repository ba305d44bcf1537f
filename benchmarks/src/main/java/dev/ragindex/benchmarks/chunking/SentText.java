package dev.ragindex.benchmarks.chunking;

import dev.ragindex.api.Chunk;
import dev.ragindex.api.Document;
import dev.ragindex.api.StoredChunk;
import dev.ragindex.core.chunk.ChunkLimits;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The exact texts that a sync would send to the embedder. Chunks whose texts are equal have the
 * same embedding key and are embedded once.
 *
 * @param withContext whether headings are sent along, as they are unless an enricher takes them off
 */
record SentText(boolean withContext) {

  /** The different texts sent for a document, in order. */
  Set<String> of(Variant variant, Document document) {
    Set<String> sent = new LinkedHashSet<>();
    variant.cut(document).forEach(chunk -> sent.add(of(variant.model(), chunk)));
    return sent;
  }

  /** The text sent for a chunk. */
  String of(Model model, Chunk chunk) {
    String context = withContext ? context(model, chunk) : "";
    return StoredChunk.embeddedText(context, chunk.overlap(), chunk.text());
  }

  /** The innermost headings that fit the reserve; a sync is no less strict. */
  private static String context(Model model, Chunk chunk) {
    List<String> headings = chunk.context();
    for (int from = 0; from < headings.size(); from++) {
      String context = String.join(" > ", headings.subList(from, headings.size()));
      if (model.counter().count(context) <= ChunkLimits.CONTEXT_RESERVE) {
        return context;
      }
    }
    return "";
  }
}
