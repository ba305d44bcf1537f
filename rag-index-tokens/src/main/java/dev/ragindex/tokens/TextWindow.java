package dev.ragindex.tokens;

/**
 * A part of a text as an array, moved along the text piece-wise: as much as is known to end with a
 * piece, so that pieces can be found without a look beyond it. Half of a surrogate pair becomes
 * U+FFFD.
 */
final class TextWindow {

  private static final int FIRST_CAPACITY = 1024;
  private static final char REPLACEMENT = '\uFFFD';

  private char[] chars = new char[0];

  /** The characters; those beyond {@link #load} characters mean nothing. */
  char[] chars() {
    return chars;
  }

  /**
   * Loads the text from an offset on.
   *
   * @param end offset at which the text ends
   * @return how many characters were loaded, more than none
   */
  int load(CharSequence text, int start, int end) {
    int wanted = FIRST_CAPACITY;
    while (wanted < end - start) {
      copy(text, start, start + wanted);
      int length = lastSureEnd(wanted);
      if (length > 0) {
        repair(length);
        return length;
      }
      wanted = wanted > Integer.MAX_VALUE / 2 ? end - start : wanted * 2;
    }
    copy(text, start, end);
    repair(end - start);
    return end - start;
  }

  private int lastSureEnd(int length) {
    for (int at = length - 1; at > 0; at--) {
      if (PieceRule.endsSurely(chars, at)) {
        return at;
      }
    }
    return 0;
  }

  private void copy(CharSequence text, int start, int end) {
    if (chars.length < end - start) {
      chars = new char[end - start];
    }
    if (text instanceof String string) {
      string.getChars(start, end, chars, 0);
    } else {
      for (int i = start; i < end; i++) {
        chars[i - start] = text.charAt(i);
      }
    }
  }

  private void repair(int length) {
    for (int i = 0; i < length; i++) {
      if (Character.isSurrogate(chars[i])) {
        if (i + 1 < length && Character.isSurrogatePair(chars[i], chars[i + 1])) {
          i++;
        } else {
          chars[i] = REPLACEMENT;
        }
      }
    }
  }
}
