package dev.ragindex.core.chunk;

/**
 * A fast 64-bit hash of text. It chooses cuts and nothing else: collisions cost a worse cut, never
 * correctness. Its values are part of the chunkers' output, so it never changes within a version.
 */
final class TextHash {

  /** Few words: enough to tell beginnings apart, so few that most edits leave them alone. */
  private static final int BEGINNING = 32;

  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private TextHash() {}

  /**
   * Hashes the beginning of a span: the first line, at most {@value #BEGINNING} characters, without
   * white space at its end. So a boundary keeps its hash when the text after it is edited farther
   * on, or is divided otherwise because it has become code.
   */
  static long ofBeginning(CharSequence text, int start, int end) {
    int last = start;
    int limit = Math.min(end, start + BEGINNING);
    while (last < limit && !CharClass.isLineBreak(text.charAt(last))) {
      last++;
    }
    while (last > start && CharClass.isSpace(text.charAt(last - 1))) {
      last--;
    }
    long hash = 0;
    for (int i = start; i < last; i++) {
      hash = (hash ^ text.charAt(i)) * MULTIPLIER;
      hash ^= hash >>> 29;
    }
    return finish(hash ^ (last - start));
  }

  /** Combines two hashes; the order matters. */
  static long mix(long left, long right) {
    return finish(left * MULTIPLIER + Long.rotateLeft(right, 32));
  }

  /** The finalizer of SplitMix64. */
  private static long finish(long hash) {
    long z = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
