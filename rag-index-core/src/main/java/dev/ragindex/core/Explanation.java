package dev.ragindex.core;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why a document is in the index as it is, and what would change that.
 *
 * @param document the document
 * @param state where it stands
 * @param remembered what the store remembers of it: fingerprints, problem, metadata; null if it is
 *     unknown
 * @param indexedBy the chain of stages that made its chunks, for a person to read; null if it is
 *     not indexed, or an earlier chain did it whose settings are not kept
 * @param configured the chain of stages that the next sync uses: that of this index, or the one the
 *     source was last synced with; null if there is neither
 * @param wouldRunAgainIf each a sentence of what makes a sync look at it again
 */
public record Explanation(
    DocumentId document,
    State state,
    @Nullable DocumentState remembered,
    @Nullable String indexedBy,
    @Nullable String configured,
    List<String> wouldRunAgainIf) {

  /** Copies the list. */
  public Explanation {
    wouldRunAgainIf = List.copyOf(wouldRunAgainIf);
  }

  /** Where a document stands. */
  public enum State {
    /** The index knows nothing of it. */
    UNKNOWN,
    /** Indexed as it was read last. */
    INDEXED,
    /** An old version is indexed; the new one has a problem. */
    INDEXED_WITH_PROBLEM,
    /** Nothing of it is indexed, for it has a problem. */
    PROBLEM,
    /** Its text all but vanished; an old version, if there was one, stays until it is accepted. */
    SUSPECT,
    /** Deleted by an ordered change, which is remembered. */
    TOMBSTONE;

    /**
     * Finds the state of a record.
     *
     * @param remembered what the store remembers, or null for nothing
     * @return the state
     */
    static State of(@Nullable DocumentState remembered) {
      if (remembered == null) {
        return UNKNOWN;
      }
      if (remembered.deleted()) {
        return TOMBSTONE;
      }
      if (remembered.problem() == null) {
        return remembered.indexed() == null ? UNKNOWN : INDEXED;
      }
      return switch (remembered.problem().kind()) {
        case SUSPECT -> SUSPECT;
        case CONTENT, READ, TIMEOUT ->
            remembered.indexed() == null ? PROBLEM : INDEXED_WITH_PROBLEM;
      };
    }

    /**
     * The words used in reports.
     *
     * @return lower-case words
     */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }
}
