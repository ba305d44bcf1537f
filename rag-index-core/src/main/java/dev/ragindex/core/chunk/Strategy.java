package dev.ragindex.core.chunk;

/**
 * What makes one strategy out of the common machinery.
 *
 * @param name its name in signatures and on the command line
 * @param version raised whenever its output changes
 * @param strongest level above which boundaries count alike
 */
record Strategy(String name, int version, byte strongest) {

  /** The strongest boundary that fits; greedy packing merges blocks whether headings or not. */
  static Strategy recursive(Packing packing) {
    return new Strategy("recursive", 1, packing == Packing.STABLE ? Level.HIGHEST : Level.BLOCK);
  }
}
