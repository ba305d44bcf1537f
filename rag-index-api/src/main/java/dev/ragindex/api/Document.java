package dev.ragindex.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parsed content: one canonical text and blocks that are spans of it.
 *
 * <p>The indexed layer (body) comes first and is contiguous; all other layers stand after {@link
 * #indexedEnd()}. Characters between blocks are separators. The text holds neither U+0000 nor lone
 * surrogates.
 *
 * @param id the document's identity
 * @param text the canonical text
 * @param indexedEnd offset where the indexed part ends, at most the text's length
 * @param blocks the blocks in order of their offsets, not overlapping
 * @param title the document's title, or null if it has none
 * @param mediaType its media type without parameters, such as {@code text/html}
 * @param metadata what the parser found out, without title and type
 * @param warnings what a reader should know: truncated, recovered, needs OCR
 */
public record Document(
    DocumentId id,
    String text,
    int indexedEnd,
    List<Block> blocks,
    @Nullable String title,
    String mediaType,
    Metadata metadata,
    List<String> warnings) {

  /**
   * Copies the lists and checks the layout.
   *
   * @throws IllegalArgumentException if the text is not canonical, blocks overlap or lie outside of
   *     the text, or a body block lies beyond the indexed end
   */
  public Document {
    blocks = List.copyOf(blocks);
    warnings = List.copyOf(warnings);
    if (!CanonicalText.isClean(text)) {
      throw new IllegalArgumentException(id + ": text holds U+0000 or a lone surrogate");
    }
    if (indexedEnd < 0 || indexedEnd > text.length()) {
      throw new IllegalArgumentException(
          id + ": indexed end " + indexedEnd + " of " + text.length());
    }
    int end = 0;
    for (Block block : blocks) {
      boolean indexed = block.layer() == Block.Layer.BODY;
      if (block.start() < end
          || block.end() > (indexed ? indexedEnd : text.length())
          || (!indexed && block.start() < indexedEnd)) {
        throw new IllegalArgumentException(id + ": misplaced " + block);
      }
      end = block.end();
    }
  }

  /**
   * The indexed part of the text.
   *
   * @return the text up to {@link #indexedEnd()}
   */
  public String indexedText() {
    return text.substring(0, indexedEnd);
  }

  /**
   * Hashes the indexed text with its block structure: equal fingerprints need no new chunking.
   *
   * @return the fingerprint
   */
  public Fingerprint fingerprint() {
    Fingerprint.Builder builder = Fingerprint.builder("document/1").add(indexedText());
    for (Block block : blocks) {
      if (block.layer() == Block.Layer.BODY) {
        builder.add(block.kind().name()).add(block.start()).add(block.end());
        builder.add(block.level()).add(block.page());
      }
    }
    return builder.build();
  }
}
