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
    /** Its text is the same, but not its blocks, pages or headings. */
    STRUCTURE("structure changed"),
    /** The parser is another than the one that indexed it. */
    PARSER("parser changed"),
    /** The document enrichers are others. */
    DOCUMENT_ENRICHER("document enricher changed"),
    /** The chunker is another. */
    CHUNKER("chunker changed"),
    /** The chunk enrichers are others. */
    CHUNK_ENRICHER("chunk enricher changed"),
    /** A stage is another, and it is not remembered which. */
    STAGE("pipeline changed"),
    /** It had a problem that may be over: its stage changed, or it could not be read. */
    RETRY("retry"),
    /** Someone asked for it. */
    REQUESTED("requested"),
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
