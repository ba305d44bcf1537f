package dev.ragindex.core.chunk;

import dev.ragindex.api.Signature;
import dev.ragindex.api.TokenCounter;

/**
 * What makes one strategy out of the common machinery.
 *
 * @param name its name in signatures and on the command line
 * @param version raised whenever its output changes
 * @param structured whether it looks into lists, tables and code
 * @param strongest level above which boundaries count alike
 */
record Strategy(String name, int version, boolean structured, byte strongest) {

  /** As many words as fit, wherever they stand. */
  static final Strategy FIXED = new Strategy("fixed", 2, false, Level.GRAPHEME);

  /** Sections, lists, tables and code kept together as far as possible. */
  static final Strategy STRUCTURE = new Strategy("structure", 2, true, Level.HIGHEST);

  /** Where the topic changes. */
  static final Strategy SEMANTIC = new Strategy("semantic", 2, true, Level.HIGHEST);

  /** The signature of a chunker of this strategy. */
  Signature signature(TokenCounter counter, ChunkLimits limits) {
    return Signature.of(name, version)
        .with("counter", counter.name())
        .with("max", limits.maxTokens())
        .with("min", limits.minTokens())
        .with("overlap", limits.overlapTokens())
        .with("packing", limits.packing());
  }

  /**
   * Whole sentences, whatever they belong to; stable packing takes the first one of a block rather
   * than another, as those are seldom moved by edits.
   */
  static Strategy sentence(Packing packing) {
    byte strongest = packing == Packing.STABLE ? Level.BLOCK : Level.SENTENCE;
    return new Strategy("sentence", 2, false, strongest);
  }

  /** The strongest boundary that fits; greedy packing merges blocks whether headings or not. */
  static Strategy recursive(Packing packing) {
    byte strongest = packing == Packing.STABLE ? Level.HIGHEST : Level.BLOCK;
    return new Strategy("recursive", 2, false, strongest);
  }
}
