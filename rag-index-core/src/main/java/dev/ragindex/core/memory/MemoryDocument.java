package dev.ragindex.core.memory;

import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Placement;
import dev.ragindex.api.StoredChunk;
import java.util.List;

/**
 * A document as the in-memory store keeps it.
 *
 * @param state its record
 * @param layout where its chunks stand, in order
 * @param chunks its chunks with vectors, in the same order
 */
record MemoryDocument(DocumentState state, List<Placement> layout, List<StoredChunk> chunks) {

  MemoryDocument {
    layout = List.copyOf(layout);
    chunks = List.copyOf(chunks);
  }

  /** Says whether it is indexed or has a problem, and is no tombstone. */
  boolean counts() {
    return !state.deleted() && (state.indexed() != null || state.problem() != null);
  }
}
