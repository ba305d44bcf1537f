package dev.ragindex.core.chunk;

/**
 * White space that holds at least one line break.
 *
 * @param start offset of the first line break
 * @param next offset of the next character that is no white space, or the end
 * @param lineStart offset after the last line break: indentation belongs to its line
 * @param blank whether there is an empty line in it
 */
record LineBreak(int start, int next, int lineStart, boolean blank) {

  /** Reads the white space that starts with a line break. */
  static LineBreak at(CharSequence text, int start, int end) {
    int next = start;
    int lineStart = start;
    int breaks = 0;
    for (; next < end && CharClass.isSpace(text.charAt(next)); next++) {
      char c = text.charAt(next);
      if (CharClass.isLineBreak(c)) {
        lineStart = next + 1;
        boolean crLf = c == '\n' && next > start && text.charAt(next - 1) == '\r';
        breaks += crLf ? 0 : 1;
      }
    }
    return new LineBreak(start, next, lineStart, breaks > 1);
  }

  /** Level of the boundary in it, as far as the lines alone decide. */
  byte level() {
    return blank ? Level.BLANK_LINE : Level.LINE;
  }
}
