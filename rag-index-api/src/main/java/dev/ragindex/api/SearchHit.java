package dev.ragindex.api;

import java.util.List;
import java.util.UUID;

/**
 * A chunk that a search found.
 *
 * @param score higher is better, on the scale of the {@link SearchRequest.Mode}
 * @param document the chunk's document
 * @param chunk the chunk's id
 * @param start offset of its first character, UTF-16 units into the document's text
 * @param end offset after its last character
 * @param page page, slide or sheet on which it starts, from 1; 0 if the format has none
 * @param headings path of headings it stands under, outermost first
 * @param metadata the document's metadata with the chunk's on top
 * @param text the chunk's core text
 */
public record SearchHit(
    double score,
    DocumentId document,
    UUID chunk,
    int start,
    int end,
    int page,
    List<String> headings,
    Metadata metadata,
    String text) {

  /** Copies the headings. */
  public SearchHit {
    headings = List.copyOf(headings);
  }
}
