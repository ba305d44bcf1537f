package dev.ragindex.api;

import java.util.List;

/**
 * A passage that gets one vector: a span of the document's text, and what is sent before it.
 *
 * @param start offset of its first character, UTF-16 units into the document's text
 * @param end offset after its last character
 * @param text exactly the document's text from start to end, the chunk's core
 * @param overlap end of the text before the core, sent along with it; never identity, usually empty
 * @param headings path of headings the core stands under, outermost first
 * @param context what is sent before overlap and core, outermost first; the headings unless an
 *     enricher changed it
 * @param page page, slide or sheet on which the core starts, from 1; 0 if the format has none
 * @param metadata what enrichers found out about the chunk
 */
public record Chunk(
    int start,
    int end,
    String text,
    String overlap,
    List<String> headings,
    List<String> context,
    int page,
    Metadata metadata) {

  /**
   * Copies the lists and checks the span.
   *
   * @throws IllegalArgumentException if the text is empty or is not as long as the span
   */
  public Chunk {
    headings = List.copyOf(headings);
    context = List.copyOf(context);
    if (start < 0 || end <= start || text.length() != end - start) {
      throw new IllegalArgumentException(
          "chunk " + start + ".." + end + " with a text of " + text.length() + " characters");
    }
  }

  /**
   * Replaces what is sent before the core.
   *
   * @param newContext outermost first
   * @return a new chunk
   */
  public Chunk withContext(List<String> newContext) {
    return new Chunk(start, end, text, overlap, headings, newContext, page, metadata);
  }

  /**
   * Replaces the metadata.
   *
   * @param newMetadata what to keep with the chunk
   * @return a new chunk
   */
  public Chunk withMetadata(Metadata newMetadata) {
    return new Chunk(start, end, text, overlap, headings, context, page, newMetadata);
  }
}
