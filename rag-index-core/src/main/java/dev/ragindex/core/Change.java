package dev.ragindex.core;

import dev.ragindex.api.DocumentId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One step of a run or plan.
 *
 * @param kind what happens to the document
 * @param document the document; of a move, its new identity
 * @param reason why
 * @param from of a move, the identity before; else null
 * @param withheld true if it is not carried out because a guard wants a person to look first
 */
public record Change(
    Kind kind, DocumentId document, Reason reason, @Nullable DocumentId from, boolean withheld) {

  /** What happens to a document. */
  public enum Kind {
    /** It comes into the index. */
    ADD,
    /** Its chunks change. */
    UPDATE,
    /** Its record alone changes. */
    PATCH,
    /** It has another key than before. */
    MOVE,
    /** It leaves the index. */
    DELETE;

    /**
     * The name used in reports.
     *
     * @return lower-case name
     */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Why it happens. */
  public enum Reason {
    /** The index does not have it. */
    NEW("new"),
    /** Its content differs from what was indexed. */
    BYTES("bytes changed"),
    /** Its content differs but reads the same. */
    SAME_TEXT("bytes changed, text did not"),
    /** Only what the source says about it changed. */
    METADATA("metadata changed"),
    /** A stage of the pipeline is another than the one that indexed it. */
    STAGE("pipeline changed"),
    /** It had a problem and is tried again. */
    RETRY("retry"),
    /** The same content was found under another key. */
    MOVED("moved"),
    /** The source does not list it any more. */
    GONE("gone from the source");

    private final String label;

    Reason(String label) {
      this.label = label;
    }

    /**
     * The words used in reports.
     *
     * @return a few words
     */
    public String label() {
      return label;
    }
  }
}
