package dev.ragindex.parsers;

/**
 * Titles that plain text marks by a line of one repeated character below, or below and above. A
 * line above counts only for the characters that reStructuredText documents use so; a pair of
 * dashed lines rather fences an example (AsciiDoc).
 */
final class Underline {

  /** The line is no underline. */
  static final char NO = 0;

  private static final String MARKS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
  private static final String OVERLINES = "=#*";
  private static final int MIN_WIDTH = 2;
  private static final int MAX_TITLE = 300;

  private Underline() {}

  /** The character that the line repeats, or {@link #NO}. Looks at long lines only once. */
  static char of(String text, Line line) {
    if (line.isBlank()
        || line.isIndented()
        || line.width() < MIN_WIDTH
        || line.width() > MAX_TITLE) {
      return NO;
    }
    char mark = text.charAt(line.start());
    for (int i = line.start(); i < line.textEnd(); i++) {
      if (text.charAt(i) != mark) {
        return NO;
      }
    }
    return MARKS.indexOf(mark) >= 0 ? mark : NO;
  }

  /** Says whether the line is a title, with the lines before and after it. */
  static boolean isTitle(String text, Line before, Line line, Line after) {
    if (line.isBlank() || line.width() > MAX_TITLE || of(text, line) != NO) {
      return false;
    }
    char below = of(text, after);
    if (below == NO || after.width() < line.width()) {
      return false;
    }
    if (before.isBlank()) {
      return !line.isIndented();
    }
    return of(text, before) == below
        && OVERLINES.indexOf(below) >= 0
        && before.width() == after.width();
  }
}
