package dev.ragindex.api;

import java.util.List;
import java.util.UUID;

/**
 * Where a chunk stands in its document. A document's placements, in order, are its record's layout:
 * they may change while no chunk is written.
 *
 * @param chunk the chunk's id
 * @param embeddingKey the chunk's embedding key
 * @param start offset of its first character, UTF-16 units into the document's text
 * @param end offset after its last character
 * @param page page, slide or sheet on which it starts, from 1; 0 if the format has none
 * @param headings path of headings it stands under, outermost first
 * @param metadata what enrichers found out about the chunk
 */
public record Placement(
    UUID chunk,
    Fingerprint embeddingKey,
    int start,
    int end,
    int page,
    List<String> headings,
    Metadata metadata) {

  /** Copies the headings. */
  public Placement {
    headings = List.copyOf(headings);
  }
}
