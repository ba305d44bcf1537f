package dev.ragindex.core;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * A document of the index that the listing did not show, though it lies in a listed part.
 *
 * @param id the document
 * @param bytes fingerprint of the content that is indexed, or null if none is
 * @param chunks how many chunks it has
 * @param sequence number of its last ordered change, 0 if there was none
 */
record Absent(DocumentId id, @Nullable Fingerprint bytes, int chunks, long sequence) {

  static Absent of(DocumentState state) {
    DocumentState.Indexed indexed = state.indexed();
    return indexed == null
        ? new Absent(state.id(), null, 0, state.sequence())
        : new Absent(state.id(), indexed.bytes(), indexed.chunks(), state.sequence());
  }
}
