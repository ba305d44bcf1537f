package dev.ragindex.core.chunk;

import dev.ragindex.api.Chunk;
import dev.ragindex.api.Chunker;
import dev.ragindex.api.CountedText;
import dev.ragindex.api.Document;
import dev.ragindex.api.Signature;
import dev.ragindex.api.TokenCounter;
import java.util.List;

/** Fills chunks with words, in one pass and without a table of them. */
final class FixedChunker implements Chunker {

  private final TokenCounter counter;
  private final ChunkLimits limits;
  private final Signature signature;

  /** Fills up to the limits' maximum; their minimum is 1. */
  FixedChunker(TokenCounter counter, ChunkLimits limits) {
    this.counter = counter;
    this.limits = limits;
    this.signature = Strategy.FIXED.signature(counter, limits);
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public List<Chunk> chunk(Document document) {
    if (DocumentScanner.isBlank(document)) {
      return List.of();
    }
    CountedText counted = counter.counted(document.text().substring(0, document.indexedEnd()));
    WordFiller filler = new WordFiller(document, counted, limits);
    DocumentScanner.scan(
        document, Strategy.FIXED, counted, UnitChunker.heaviestUnit(limits), filler);
    return filler.finish();
  }
}
