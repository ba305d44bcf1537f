package dev.ragindex.core;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.Mutation;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a run has decided on one document, to be committed as a whole.
 *
 * @param document the document
 * @param mutations what to write; of a move, both halves
 * @param claimed embedding keys this document computed
 * @param chunks how many chunks it writes
 * @param tokens how many tokens were embedded for it
 * @param effect what it adds to the report once it is committed
 */
record Outcome(
    DocumentId document,
    List<Mutation> mutations,
    Set<Fingerprint> claimed,
    int chunks,
    long tokens,
    Consumer<Tally> effect) {

  /** An outcome that writes nothing. */
  static Outcome quiet(DocumentId document, Consumer<Tally> effect) {
    return new Outcome(document, List.of(), Set.of(), 0, 0, effect);
  }

  /** An outcome that writes records alone. */
  static Outcome note(DocumentId document, Mutation mutation, Consumer<Tally> effect) {
    return new Outcome(document, List.of(mutation), Set.of(), 0, 0, effect);
  }

  /** The document's record as it is to be, or null if none is written. */
  @Nullable DocumentState state() {
    for (Mutation mutation : mutations) {
      if (mutation instanceof Mutation.Put put && put.state().id().equals(document)) {
        return put.state();
      }
      if (mutation instanceof Mutation.Note note && note.state().id().equals(document)) {
        return note.state();
      }
    }
    return null;
  }
}
