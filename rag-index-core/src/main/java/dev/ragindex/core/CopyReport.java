package dev.ragindex.core;

import dev.ragindex.api.DocumentId;
import java.util.List;

/**
 * What a copy or a restore did.
 *
 * @param copied documents written
 * @param chunks chunks written, with their vectors
 * @param unchanged documents that were there already, just so
 * @param kept documents of which the index has another version, left as they are
 */
public record CopyReport(long copied, long chunks, long unchanged, List<DocumentId> kept) {

  /** Copies the list. */
  public CopyReport {
    kept = List.copyOf(kept);
  }
}
