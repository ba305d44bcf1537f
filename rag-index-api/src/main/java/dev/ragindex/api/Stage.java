package dev.ragindex.api;

import java.util.Locale;

/** The steps a document passes, in order. */
public enum Stage {
  /** Listing the source. */
  LIST,
  /** Reading the bytes. */
  READ,
  /** Bytes to text and blocks. */
  PARSE,
  /** Document enrichers. */
  ENRICH,
  /** Text to chunks, with chunk enrichers. */
  CHUNK,
  /** Chunks to vectors. */
  EMBED,
  /** Writing to the store. */
  STORE;

  /**
   * The name used in reports.
   *
   * @return lower-case name
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
