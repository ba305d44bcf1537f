package dev.ragindex.parsers;

/**
 * A line of a text.
 *
 * @param start offset of its first character, or of the text's end if there is no such line
 * @param end offset after its last character, the line break not counted
 * @param textStart offset of its first character that is no white space, {@code end} if blank
 * @param textEnd offset after its last such character, {@code start} if blank
 * @param exists false before the first and after the last line
 */
record Line(int start, int end, int textStart, int textEnd, boolean exists) {

  /** What stands before the first line: nothing, like a blank line. */
  static final Line NONE = new Line(0, 0, 0, 0, false);

  static Line at(String text, int start) {
    if (start >= text.length()) {
      return new Line(text.length(), text.length(), text.length(), text.length(), false);
    }
    int lineBreak = text.indexOf('\n', start);
    int end = lineBreak < 0 ? text.length() : lineBreak;
    int textStart = start;
    while (textStart < end && isSpace(text.charAt(textStart))) {
      textStart++;
    }
    int textEnd = end;
    while (textEnd > textStart && isSpace(text.charAt(textEnd - 1))) {
      textEnd--;
    }
    return new Line(start, end, textStart, textStart == end ? start : textEnd, true);
  }

  Line next(String text) {
    return exists ? at(text, end + 1) : this;
  }

  boolean isBlank() {
    return textEnd <= textStart;
  }

  boolean isIndented() {
    return textStart > start;
  }

  /** Characters from the start of the line, trailing space not counted. */
  int width() {
    return textEnd - start;
  }

  private static boolean isSpace(char c) {
    return c <= ' ' || c == '\u00A0';
  }
}
