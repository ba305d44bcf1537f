package dev.ragindex.store.pgvector;

import java.util.regex.Pattern;

/**
 * The name of a collection, and of the tables and indexes it has in each generation: {@code
 * handbook_g1_chunks}.
 *
 * <p>No two collections share a table, whatever their names: a part holds no digit, so the last
 * {@code _g<digits>_} of a table's name is where the collection's name ends.
 *
 * @param name 1 to 40 bytes of UTF-8; any characters but U+0000, upper and lower case differ
 */
record CollectionName(String name) {

  /** What {@link SqlIdentifier} allows, less the longest suffix: {@code _g9999_} and a part. */
  static final int MAX_BYTES = 40;

  private static final int MAX_GENERATION = 9_999;
  private static final Pattern PART = Pattern.compile("[a-z][a-z_]{0,15}");

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if it is blank, or leaves no room for what is added to it
   */
  CollectionName {
    SqlIdentifier.requireBytes("a collection's name", name, MAX_BYTES);
    if (name.isBlank()) {
      throw new IllegalArgumentException("a collection's name is not blank");
    }
  }

  /**
   * Names a table or index of the collection.
   *
   * @param generation of the index, 1 to 9,999
   * @param part which table or index: 1 to 16 of a to z and underscore
   * @return its name
   */
  SqlIdentifier part(int generation, String part) {
    if (generation < 1 || generation > MAX_GENERATION || !PART.matcher(part).matches()) {
      throw new IllegalArgumentException("no generation %d of '%s'".formatted(generation, part));
    }
    return new SqlIdentifier(name + "_g" + generation + "_" + part);
  }
}
