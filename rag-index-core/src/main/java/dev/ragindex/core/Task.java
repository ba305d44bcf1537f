package dev.ragindex.core;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.DocumentState.Indexed;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.Problem;
import dev.ragindex.api.SourceDocument;
import org.jspecify.annotations.Nullable;

/**
 * A document that a run has to look into.
 *
 * @param listed the document
 * @param known what the index has under its key, or null
 * @param from the missing document of the same bytes that it was moved from, or null
 * @param event whether someone says that the document is so, rather than a listing that shows it
 * @param sequence number of the last ordered change that its record is to name
 */
record Task(
    SourceDocument listed,
    @Nullable DocumentState known,
    @Nullable Absent from,
    boolean event,
    long sequence) {

  /** A document that was listed; its record goes on naming the last ordered change. */
  static Task listed(SourceDocument listed, @Nullable DocumentState known) {
    return new Task(listed, known, null, false, known == null ? 0 : known.sequence());
  }

  /** A document that someone put. */
  static Task event(SourceDocument document, @Nullable DocumentState known, long sequence) {
    return new Task(document, known, null, true, sequence);
  }

  /** The same document, moved from another. */
  Task movedFrom(Absent missing) {
    return new Task(listed, known, missing, event, sequence);
  }

  /** The same document once it is read: with other bytes than the missing one it is no move. */
  Task asOf(Fingerprint bytes) {
    return from == null || bytes.equals(from.bytes())
        ? this
        : new Task(listed, known, null, event, sequence);
  }

  DocumentId id() {
    return listed.id();
  }

  /** The version whose chunks are in the store, or null if there is none. */
  @Nullable Indexed indexed() {
    return known == null || known.deleted() ? null : known.indexed();
  }

  /** Why the document is not indexed as it stands, as far as was known. */
  @Nullable Problem problem() {
    return known == null ? null : known.problem();
  }

  /** The bytes it had when it was last read, or null. */
  @Nullable Fingerprint lastBytes() {
    if (from != null) {
      return from.bytes();
    }
    Problem problem = problem();
    return problem == null ? null : problem.bytes();
  }
}
