package dev.ragindex.core.chunk;

import dev.ragindex.api.Chunk;
import dev.ragindex.api.Chunker;
import dev.ragindex.api.CountedText;
import dev.ragindex.api.Document;
import dev.ragindex.api.Signature;
import dev.ragindex.api.TokenCounter;
import java.util.ArrayList;
import java.util.List;

/** Fills chunks with words, without a table of them: all it takes is the counts near its cuts. */
final class FixedChunker implements Chunker {

  private final TokenCounter counter;
  private final ChunkLimits limits;
  private final Overlap overlap;
  private final Signature signature;

  /** Fills up to the limits' maximum; their minimum is 1. */
  FixedChunker(TokenCounter counter, ChunkLimits limits) {
    this.counter = counter;
    this.limits = limits;
    this.overlap = new Overlap(limits.overlapTokens());
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
    String text = document.text().substring(0, document.indexedEnd());
    CountedText counted = counter.counted(text);
    WordCuts cuts = new WordCuts(text, counted, limits.coreTokens());
    Sections sections = new Sections(document, Strategy.FIXED.structured());
    List<Chunk> chunks = new ArrayList<>();
    int overlapStart = 0;
    for (int start = 0; start < text.length(); ) {
      int end = cuts.end(start);
      chunks.add(sections.chunk(overlapStart, start, end));
      overlapStart = overlap.firstWord(text, counted, start, end);
      start = end;
    }
    return List.copyOf(chunks);
  }
}
