package dev.ragindex.core.chunk;

import dev.ragindex.api.CountedText;
import dev.ragindex.api.Document;

/**
 * Turns the boundaries found in a text into units. A unit ends where the next boundary is reported;
 * one that is too heavy to leave a choice of cuts is divided, finer and finer, until its parts fit.
 */
final class UnitWriter {

  private final String text;
  private final CountedText counted;
  private final int heaviest;
  private final UnitTable.Builder units;
  private int start;
  private byte level = Level.END;

  /**
   * Writes units of at most a weight; the first one starts at 0.
   *
   * @param units takes them
   */
  UnitWriter(Document document, CountedText counted, int heaviest, UnitTable.Builder units) {
    this.text = document.text();
    this.counted = counted;
    this.heaviest = heaviest;
    this.units = units;
  }

  /**
   * Reports a boundary. Boundaries come in order; of several at one offset the highest level
   * counts. One within a grapheme cluster is none.
   */
  void boundary(int at, byte atLevel) {
    if (at == start) {
      level = (byte) Math.max(level, atLevel);
    } else if (Graphemes.isBoundary(text, at)) {
      write(start, at, level, Grain.UNIT);
      start = at;
      level = atLevel;
    }
  }

  /** Says whether a span may be a single unit. */
  boolean fits(int from, int to) {
    return weight(from, to) <= heaviest;
  }

  /** Ends the last unit. */
  void finish(int end) {
    if (end > start) {
      write(start, end, level, Grain.UNIT);
    }
  }

  private void write(int from, int to, byte fromLevel, Grain grain) {
    int weight = weight(from, to);
    if (weight <= heaviest || grain == Grain.CODE_POINT) {
      units.add(from, fromLevel, weight, TextHash.ofBeginning(text, from, to));
    } else {
      divide(from, to, fromLevel, grain.finer());
    }
  }

  private void divide(int from, int to, byte fromLevel, Grain finer) {
    byte partLevel = fromLevel;
    for (int at = from; at < to; ) {
      int next = finer.next(text, at, to);
      while (next < to && !isCut(next, finer)) {
        next = finer.next(text, next, to);
      }
      write(at, next, partLevel, finer);
      partLevel = finer.level;
      at = next;
    }
  }

  private boolean isCut(int at, Grain grain) {
    return grain.compareTo(Grain.PIECE) >= 0 || Graphemes.isBoundary(text, at);
  }

  /**
   * Tokens of a span, at least one for each {@link ChunkLimits#CHARACTERS_PER_TOKEN} characters. A
   * single space at the end is left out: tokenizers that count spaces add it to the next word.
   */
  private int weight(int from, int to) {
    int least = (to - from - 1) / ChunkLimits.CHARACTERS_PER_TOKEN + 1;
    if (least > heaviest) {
      return least;
    }
    int end = to - from > 1 && text.charAt(to - 1) == ' ' ? to - 1 : to;
    return Math.max(least, counted.count(from, end));
  }
}
