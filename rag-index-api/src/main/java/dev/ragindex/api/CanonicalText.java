package dev.ragindex.api;

/**
 * The one rule for text that every store can keep: no U+0000 (PostgreSQL refuses it) and no lone
 * surrogate (UTF-8 cannot carry it). Both become U+FFFD, so lengths and offsets stay as they are.
 */
public final class CanonicalText {

  private static final char REPLACEMENT = '\uFFFD';

  private CanonicalText() {}

  /**
   * Says whether a text already follows the rule.
   *
   * @param text any text
   * @return true if it holds neither U+0000 nor a lone surrogate
   */
  public static boolean isClean(CharSequence text) {
    return firstOffence(text, 0) < 0;
  }

  /**
   * Replaces each U+0000 and each lone surrogate by U+FFFD.
   *
   * @param text any text
   * @return the text itself if it is clean, else a copy of the same length
   */
  public static String clean(String text) {
    int at = firstOffence(text, 0);
    if (at < 0) {
      return text;
    }
    char[] chars = text.toCharArray();
    for (; at >= 0; at = firstOffence(text, at + 1)) {
      chars[at] = REPLACEMENT;
    }
    return new String(chars);
  }

  /**
   * Orders two texts by code points, which is the order of their UTF-8 bytes; {@link
   * String#compareTo} orders by UTF-16 units instead.
   *
   * @param left a text
   * @param right another
   * @return negative, zero or positive as left sorts before, with or after right
   */
  public static int compare(String left, String right) {
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      char l = left.charAt(i);
      char r = right.charAt(i);
      if (l != r) {
        boolean oneIsAstral = Character.isSurrogate(l) != Character.isSurrogate(r);
        return oneIsAstral ? (Character.isSurrogate(l) ? 1 : -1) : Character.compare(l, r);
      }
    }
    return Integer.compare(left.length(), right.length());
  }

  private static int firstOffence(CharSequence text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return i;
      }
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }
}
