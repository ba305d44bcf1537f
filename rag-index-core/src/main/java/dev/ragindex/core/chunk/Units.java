package dev.ragindex.core.chunk;

/** Takes the units of a text, one after the other. */
@FunctionalInterface
interface Units {

  /**
   * Takes the unit that follows.
   *
   * @param level of the boundary before it
   * @param weight its tokens, more or less
   */
  void add(int start, int end, byte level, int weight);
}
