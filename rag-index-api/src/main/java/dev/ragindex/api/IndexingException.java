package dev.ragindex.api;

import org.jspecify.annotations.Nullable;

/**
 * Something failed while indexing: where, whose fault, and whether repeating can help. Messages
 * name what was wanted, what was found and what to do; they never hold document text or secrets.
 */
public class IndexingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The step that failed. */
  private final Stage stage;

  /** Whose fault it is. */
  private final Kind kind;

  /** Whose fault it is, which decides what happens next. */
  public enum Kind {
    /** The document's content: it stays as it was until bytes or stage change. */
    CONTENT,
    /** The document could not be read: tried again in every run. */
    READ,
    /** A stage took too long on the document: tried again, quarantined after three runs. */
    TIMEOUT,
    /** A service, disk or the store: no document is blamed, the run ends. */
    INFRASTRUCTURE
  }

  /**
   * Describes a failure.
   *
   * @param stage the step that failed
   * @param kind whose fault it is
   * @param message what was wanted, what was found, what to do; no document text
   * @param cause what was caught, or null
   */
  public IndexingException(Stage stage, Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.stage = stage;
    this.kind = kind;
  }

  /**
   * Describes a failure with no exception behind it.
   *
   * @param stage the step that failed
   * @param kind whose fault it is
   * @param message what was wanted, what was found, what to do; no document text
   */
  public IndexingException(Stage stage, Kind kind, String message) {
    this(stage, kind, message, null);
  }

  /**
   * The step that failed.
   *
   * @return the stage
   */
  public Stage stage() {
    return stage;
  }

  /**
   * Whose fault it is.
   *
   * @return the kind
   */
  public Kind kind() {
    return kind;
  }

  /**
   * Says whether doing the same again can succeed.
   *
   * @return false for content, true otherwise
   */
  public boolean canRepeat() {
    return kind != Kind.CONTENT;
  }
}
