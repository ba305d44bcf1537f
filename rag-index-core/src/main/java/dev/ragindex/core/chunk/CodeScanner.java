package dev.ragindex.core.chunk;

/** Finds boundaries in code and other preformatted text, always at the start of a line. */
final class CodeScanner {

  private CodeScanner() {}

  /** Every line, blank lines stronger. */
  static void scanLines(String text, UnitWriter units, int start, int end) {
    for (int i = start; i < end; ) {
      LineBreak lineBreak = next(text, i, end);
      if (lineBreak.next() < end) {
        units.boundary(lineBreak.lineStart(), lineBreak.level());
      }
      i = lineBreak.next();
    }
  }

  /** Every line, stronger the more it looks like the start of something at the top level. */
  static void scanTopLevel(String text, UnitWriter units, int start, int end) {
    for (int i = start; i < end; ) {
      LineBreak lineBreak = next(text, i, end);
      if (lineBreak.next() < end) {
        units.boundary(lineBreak.lineStart(), level(text, lineBreak));
      }
      i = lineBreak.next();
    }
  }

  private static LineBreak next(String text, int from, int end) {
    int i = from;
    while (i < end && !CharClass.isLineBreak(text.charAt(i))) {
      i++;
    }
    return LineBreak.at(text, i, end);
  }

  private static byte level(String text, LineBreak lineBreak) {
    boolean indented = lineBreak.next() > lineBreak.lineStart();
    boolean closing = "})]".indexOf(text.charAt(lineBreak.next())) >= 0;
    if (closing) {
      return Level.CLAUSE;
    }
    if (indented) {
      return lineBreak.blank() ? Level.SENTENCE : Level.CLAUSE;
    }
    return lineBreak.level();
  }
}
