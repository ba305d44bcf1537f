package dev.ragindex.core.chunk;

/**
 * Boundaries of grapheme clusters, what a reader takes for one character: extended clusters of UAX
 * #29, conjuncts of the Indic scripts that have a linker included.
 *
 * <p>Clusters longer than {@value #LONGEST} UTF-16 units, which no language writes, are cut between
 * code points so that limits hold on any input.
 */
final class Graphemes {

  /** Longest cluster that is kept whole. */
  static final int LONGEST = 64;

  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private Graphemes() {}

  /** Says whether the text may be cut at an offset. */
  static boolean isBoundary(CharSequence text, int at) {
    return at <= 0 || at >= text.length() || !joins(text, 0, at);
  }

  /** The boundary that follows a boundary. */
  static int next(CharSequence text, int from, int end) {
    int at = from + Character.charCount(Character.codePointAt(text, from));
    while (at < end && at - from < LONGEST && joins(text, from, at)) {
      at += Character.charCount(Character.codePointAt(text, at));
    }
    return Math.min(at, end);
  }

  /** Whether the characters around an offset are one cluster; looks back to the floor at most. */
  private static boolean joins(CharSequence text, int floor, int at) {
    char unitBefore = text.charAt(at - 1);
    char unitAfter = text.charAt(at);
    if (isPlain(unitBefore) && isPlain(unitAfter)) {
      return unitBefore == '\r' && unitAfter == '\n';
    }
    if (Character.isHighSurrogate(unitBefore) && Character.isLowSurrogate(unitAfter)) {
      return true;
    }
    int before = Character.codePointBefore(text, at);
    int after = Character.codePointAt(text, at);
    if (isControl(before) || isControl(after)) {
      return false;
    }
    return extendsCluster(after)
        || isPrepended(before)
        || joinsSyllable(before, after)
        || (isRegional(after) && isRegional(before) && isSecondOfFlag(text, floor, at))
        || (before == ZERO_WIDTH_JOINER
            && CharClass.isPictograph(after)
            && followsPictograph(text, floor, at))
        || isConjunct(text, floor, at, after);
  }

  /** Below the combining marks: only CR LF joins there. */
  private static boolean isPlain(char c) {
    return c < 0x300 && c != 0xA9 && c != 0xAD && c != 0xAE;
  }

  private static boolean isControl(int c) {
    if (c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER || isPrepended(c) || isTag(c)) {
      return false;
    }
    return CharClass.isControl(c);
  }

  private static boolean extendsCluster(int c) {
    return CharClass.isMark(c)
        || c == ZERO_WIDTH_JOINER
        || c == ZERO_WIDTH_NON_JOINER
        || c == 0x0E33
        || c == 0x0EB3
        || c == 0xFF9E
        || c == 0xFF9F
        || (c >= 0x1F3FB && c <= 0x1F3FF)
        || isTag(c);
  }

  private static boolean isTag(int c) {
    return c >= 0xE0020 && c <= 0xE007F;
  }

  private static boolean isPrepended(int c) {
    return (c >= 0x600 && c <= 0x605)
        || c == 0x6DD
        || c == 0x70F
        || c == 0x890
        || c == 0x891
        || c == 0x8E2
        || c == 0xD4E
        || c == 0x110BD
        || c == 0x110CD
        || c == 0x111C2
        || c == 0x111C3;
  }

  private static boolean isRegional(int c) {
    return c >= 0x1F1E6 && c <= 0x1F1FF;
  }

  private static boolean isSecondOfFlag(CharSequence text, int floor, int at) {
    int regionals = 0;
    int i = at;
    while (i > floor && isRegional(Character.codePointBefore(text, i))) {
      regionals++;
      i -= 2;
    }
    return regionals % 2 == 1;
  }

  private static boolean followsPictograph(CharSequence text, int floor, int at) {
    int i = at - 1; // the joiner itself
    while (i > floor) {
      int c = Character.codePointBefore(text, i);
      if (CharClass.isPictograph(c)) {
        return true;
      }
      if (!extendsCluster(c)) {
        return false;
      }
      i -= Character.charCount(c);
    }
    return false;
  }

  /** Hangul: jamo and syllables that make one block. */
  private static boolean joinsSyllable(int before, int after) {
    boolean leadingAfter = isBetween(after, 0x1100, 0x115F) || isBetween(after, 0xA960, 0xA97C);
    boolean vowelAfter = isBetween(after, 0x1160, 0x11A7) || isBetween(after, 0xD7B0, 0xD7C6);
    boolean trailingAfter = isBetween(after, 0x11A8, 0x11FF) || isBetween(after, 0xD7CB, 0xD7FB);
    boolean syllableAfter = isBetween(after, 0xAC00, 0xD7A3);
    if (isBetween(before, 0x1100, 0x115F) || isBetween(before, 0xA960, 0xA97C)) {
      return leadingAfter || vowelAfter || syllableAfter;
    }
    boolean openSyllable = isBetween(before, 0xAC00, 0xD7A3) && (before - 0xAC00) % 28 == 0;
    if (openSyllable || isBetween(before, 0x1160, 0x11A7) || isBetween(before, 0xD7B0, 0xD7C6)) {
      return vowelAfter || trailingAfter;
    }
    boolean closed =
        isBetween(before, 0xAC00, 0xD7A3)
            || isBetween(before, 0x11A8, 0x11FF)
            || isBetween(before, 0xD7CB, 0xD7FB);
    return closed && trailingAfter;
  }

  private static boolean isBetween(int c, int low, int high) {
    return c >= low && c <= high;
  }

  /** A consonant after a consonant and a linker (virama) of the same script. */
  private static boolean isConjunct(CharSequence text, int floor, int at, int after) {
    int linker = linkerOf(after);
    if (linker == 0 || !isConsonant(after)) {
      return false;
    }
    boolean linked = false;
    int i = at;
    while (i > floor) {
      int c = Character.codePointBefore(text, i);
      if (linkerOf(c) == linker && isConsonant(c)) {
        return linked;
      }
      if (!extendsCluster(c) || c == ZERO_WIDTH_NON_JOINER) {
        return false;
      }
      linked |= c == linker;
      i -= Character.charCount(c);
    }
    return false;
  }

  /** The linker of the scripts that form conjuncts; 0 for all others. Blocks are 128 wide. */
  private static int linkerOf(int c) {
    return switch (c >> 7) {
      case 0x900 >> 7, 0x980 >> 7, 0xA80 >> 7, 0xB00 >> 7, 0xC00 >> 7, 0xD00 >> 7 ->
          (c & ~0x7F) + 0x4D;
      default -> 0;
    };
  }

  private static boolean isConsonant(int c) {
    int offset = c & 0x7F;
    return (offset >= 0x15 && offset <= 0x39) || (offset >= 0x58 && offset <= 0x5F);
  }
}
