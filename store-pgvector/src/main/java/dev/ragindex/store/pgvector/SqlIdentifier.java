package dev.ragindex.store.pgvector;

import dev.ragindex.api.CanonicalText;
import java.nio.charset.StandardCharsets;

/**
 * A name of something in the database, always written in quotes. PostgreSQL cuts names of more than
 * 63 bytes without an error, so that two long names can become one; here they are refused.
 *
 * @param name 1 to 63 bytes of UTF-8, neither U+0000 nor lone surrogates
 */
record SqlIdentifier(String name) {

  /** Most bytes of a name: NAMEDATALEN - 1 of an ordinary build of PostgreSQL. */
  static final int MAX_BYTES = 63;

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if PostgreSQL could not keep it as it is
   */
  SqlIdentifier {
    requireBytes("a name in PostgreSQL", name, MAX_BYTES);
  }

  /**
   * Writes the name as SQL.
   *
   * @return the name in double quotes, those in it doubled
   */
  String quoted() {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** Returns {@link #quoted()}, so that a name cannot slip into a statement without quotes. */
  @Override
  public String toString() {
    return quoted();
  }

  static void requireBytes(String what, String name, int max) {
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    if (bytes < 1 || bytes > max || !CanonicalText.isClean(name)) {
      throw new IllegalArgumentException(
          "%s has 1 to %d bytes of clean UTF-8, '%s' has %d"
              .formatted(what, max, CanonicalText.clean(name), bytes));
    }
  }
}
