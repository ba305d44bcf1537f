package dev.ragindex.core;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.Stage;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a run has decided on one document, to be committed as a whole.
 *
 * @param document the document
 * @param content fingerprint of the content that its change was decided on; null if there is no
 *     change
 * @param mutations what to write; of a move, both halves
 * @param claimed embedding keys this document computed
 * @param chunks how many chunks it writes
 * @param tokens how many tokens were embedded for it
 * @param effect what it adds to the report once it is committed
 */
record Outcome(
    DocumentId document,
    @Nullable Fingerprint content,
    List<Mutation> mutations,
    Set<Fingerprint> claimed,
    int chunks,
    long tokens,
    Consumer<Tally> effect) {

  /** An outcome that writes nothing. */
  static Outcome quiet(DocumentId document, Consumer<Tally> effect) {
    return new Outcome(document, null, List.of(), Set.of(), 0, 0, effect);
  }

  /** An outcome that writes records alone. */
  static Outcome note(DocumentId document, Mutation mutation, Consumer<Tally> effect) {
    return new Outcome(document, null, List.of(mutation), Set.of(), 0, 0, effect);
  }

  /** A change that is foreseen only. */
  static Outcome planned(
      DocumentId document, Fingerprint content, long tokens, Consumer<Tally> effect) {
    return new Outcome(document, content, List.of(), Set.of(), 0, tokens, effect);
  }

  /** A change of the record alone. */
  static Outcome patch(Mutation.Note note, Fingerprint content, Consumer<Tally> effect) {
    DocumentId document = note.state().id();
    return new Outcome(document, content, List.of(note), Set.of(), 0, 0, effect);
  }

  /** An outcome that leaves the document to the next run. */
  static Outcome deferred(DocumentId document, Stage stage, String reason) {
    return quiet(document, tally -> tally.deferred(document.key(), stage, reason));
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
