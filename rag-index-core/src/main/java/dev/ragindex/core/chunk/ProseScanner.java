package dev.ragindex.core.chunk;

/**
 * Finds lines, blank lines and sentences in running text. A line break that looks like wrapping,
 * after a line of usual length and before a letter, separates nothing by itself.
 */
final class ProseScanner {

  private static final int SHORTEST_WRAPPED = 50;
  private static final int LONGEST_WRAPPED = 130;

  private final String text;
  private final UnitWriter units;
  private final int end;
  private int line;
  private int sentence;

  private ProseScanner(String text, UnitWriter units, int start, int end) {
    this.text = text;
    this.units = units;
    this.end = end;
    this.line = start;
    this.sentence = start;
  }

  /** Reports the boundaries within a span. */
  static void scan(String text, UnitWriter units, int start, int end) {
    ProseScanner scanner = new ProseScanner(text, units, start, end);
    int i = start;
    while (i < end) {
      i = scanner.step(i);
    }
  }

  private int step(int at) {
    int mark = at;
    while (mark < end && !CharClass.mayEndSentence(text.charAt(mark))) {
      mark++;
    }
    if (mark == end) {
      return end;
    }
    return CharClass.isTerminator(text.charAt(mark))
        ? afterTerminator(mark)
        : afterBreak(mark, false);
  }

  private int afterTerminator(int at) {
    int after = Sentences.afterTerminators(text, at, end);
    int close = Sentences.endOf(text, sentence, at, after, end);
    if (close < 0) {
      return after;
    }
    int next = close;
    while (next < end && CharClass.isSpace(text.charAt(next))) {
      if (CharClass.isLineBreak(text.charAt(next))) {
        return afterBreak(next, true);
      }
      next++;
    }
    separate(next, Level.SENTENCE);
    return next;
  }

  private int afterBreak(int at, boolean sentenceEnded) {
    LineBreak lineBreak = LineBreak.at(text, at, end);
    if (lineBreak.blank() || !isWrapped(lineBreak)) {
      separate(lineBreak.lineStart(), lineBreak.level());
    } else if (sentenceEnded) {
      separate(lineBreak.lineStart(), Level.SENTENCE);
    }
    line = lineBreak.lineStart();
    return lineBreak.next();
  }

  private void separate(int at, byte level) {
    if (at < end) {
      units.boundary(at, level);
      sentence = at;
    }
  }

  private boolean isWrapped(LineBreak lineBreak) {
    int length = lineBreak.start() - line;
    return length >= SHORTEST_WRAPPED
        && length <= LONGEST_WRAPPED
        && lineBreak.next() < end
        && CharClass.isLetter(Character.codePointAt(text, lineBreak.next()));
  }
}
