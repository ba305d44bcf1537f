package dev.ragindex.core;

import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What a run must know of a document the index has. A run holds one of these for each document of
 * its source, so it is kept small: no metadata.
 *
 * @param key the document's key
 * @param indexed the version in the index, or null
 * @param problem why it is not indexed as it stands, or null
 * @param deleted whether it is a tombstone
 */
record Known(
    String key,
    DocumentState.@Nullable Indexed indexed,
    @Nullable Problem problem,
    boolean deleted) {

  static Known of(DocumentState state) {
    return new Known(state.id().key(), state.indexed(), state.problem(), state.deleted());
  }

  int chunks() {
    return indexed == null ? 0 : indexed.chunks();
  }
}
