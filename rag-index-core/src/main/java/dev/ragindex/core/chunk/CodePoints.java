package dev.ragindex.core.chunk;

import java.util.Arrays;
import java.util.StringTokenizer;

/** A set of code points, kept as the offsets at which membership changes. */
final class CodePoints {

  private static final int RADIX = 36;

  private final int[] changes;

  private CodePoints(int[] changes) {
    this.changes = changes;
  }

  /** Reads the notation of {@link UnicodeTables}. */
  static CodePoints decode(String ranges) {
    StringTokenizer tokens = new StringTokenizer(ranges);
    int[] changes = new int[2 * tokens.countTokens()];
    int at = 0;
    for (int i = 0; i < changes.length; i += 2) {
      String range = tokens.nextToken();
      int plus = range.indexOf('+');
      at += Integer.parseInt(plus < 0 ? range : range.substring(0, plus), RADIX);
      changes[i] = at;
      at += 1 + (plus < 0 ? 0 : Integer.parseInt(range.substring(plus + 1), RADIX));
      changes[i + 1] = at;
    }
    return new CodePoints(changes);
  }

  /** Whether a code point is in the set. */
  boolean contains(int codePoint) {
    int found = Arrays.binarySearch(changes, codePoint);
    int changesUpTo = found < 0 ? -found - 1 : found + 1;
    return changesUpTo % 2 == 1;
  }
}
