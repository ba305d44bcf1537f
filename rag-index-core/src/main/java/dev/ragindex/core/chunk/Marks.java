package dev.ragindex.core.chunk;

/**
 * Text between blocks that holds neither letter nor digit: the {@code ##} before a heading's words,
 * the line over or under them, the {@code >} before a quote. Marks in front of a block, with no
 * blank line between, go with it, so that no cut parts them; other marks stay with the block
 * before.
 */
final class Marks {

  private Marks() {}

  /**
   * Where the marks in front of a block start.
   *
   * @param floor end of the block before, or 0
   * @param start start of the block
   * @return the block's own start if no marks lead to it
   */
  static int lead(String text, int floor, int start) {
    int lead = start;
    for (int end = start; end >= floor; ) {
      int line = lineStart(text, floor, end);
      int mark = CharClass.skipSpace(text, line, end);
      boolean ownLine = line > floor || line == 0;
      if (hasWords(text, line, end) || (mark == end && end < start) || !ownLine) {
        break;
      }
      lead = mark < end ? mark : lead;
      end = line - 1;
    }
    return lead;
  }

  /** Whether a span holds a letter or digit. */
  static boolean hasWords(String text, int start, int end) {
    for (int i = start; i < end; ) {
      int codePoint = text.codePointAt(i);
      if (CharClass.isLetter(codePoint)
          || (codePoint < 0x10000 && CharClass.isDigit((char) codePoint))) {
        return true;
      }
      i += Character.charCount(codePoint);
    }
    return false;
  }

  private static int lineStart(String text, int floor, int end) {
    int at = end;
    while (at > floor && !CharClass.isLineBreak(text.charAt(at - 1))) {
      at--;
    }
    return at;
  }
}
