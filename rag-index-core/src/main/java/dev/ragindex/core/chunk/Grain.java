package dev.ragindex.core.chunk;

/** How finely text that is too long for a unit is cut, from coarse to fine. */
enum Grain {
  /** A whole unit: sentence, line or row. */
  UNIT(Level.SENTENCE) {
    @Override
    int next(CharSequence text, int from, int end) {
      return end;
    }
  },
  /** After a comma or the like, or at a soft line break. */
  CLAUSE(Level.CLAUSE) {
    @Override
    int next(CharSequence text, int from, int end) {
      for (int i = from; i < end; i++) {
        char c = text.charAt(i);
        if (!CharClass.mayEndClause(c)) {
          continue;
        }
        if (CharClass.isLineBreak(c)) {
          return CharClass.skipSpace(text, i, end);
        }
        if (CharClass.isUnspacedClauseMark(c) || CharClass.isUnspacedTerminator(c)) {
          return CharClass.skipSpace(text, i + 1, end);
        }
        boolean spaced = i + 1 < end && CharClass.isSpace(text.charAt(i + 1));
        if (spaced && (CharClass.isClauseMark(c) || CharClass.isTerminator(c))) {
          return CharClass.skipSpace(text, i + 1, end);
        }
      }
      return end;
    }
  },
  /** After white space, and around ideographs. */
  WORD(Level.WORD) {
    @Override
    int next(CharSequence text, int from, int end) {
      int i = Math.min(from + 1, end);
      while (i < end && !startsWord(text, i)) {
        i++;
      }
      return i;
    }
  },
  /**
   * Within a word without end, such as base64: where its characters say so, so that it is stable.
   */
  PIECE(Level.GRAPHEME) {
    @Override
    int next(CharSequence text, int from, int end) {
      int i = Graphemes.next(text, from, end);
      while (i < end && i - from < LONGEST_PIECE && !isPieceBoundary(text, i)) {
        i = Graphemes.next(text, i, end);
      }
      return i;
    }
  },
  /** Between characters as a reader sees them. */
  GRAPHEME(Level.GRAPHEME) {
    @Override
    int next(CharSequence text, int from, int end) {
      return Graphemes.next(text, from, end);
    }
  },
  /** The last resort, for clusters above the limit. */
  CODE_POINT(Level.GRAPHEME) {
    @Override
    int next(CharSequence text, int from, int end) {
      return from + Character.charCount(Character.codePointAt(text, from));
    }
  };

  private static final int LONGEST_PIECE = 32;
  private static final int PIECE_MASK = 7;

  /** Level of the boundaries between parts of this grain. */
  final byte level;

  Grain(byte level) {
    this.level = level;
  }

  /** Offset of the first boundary after a boundary, or the end. */
  abstract int next(CharSequence text, int from, int end);

  /** The next finer grain; the finest has none but itself. */
  Grain finer() {
    return switch (this) {
      case UNIT -> CLAUSE;
      case CLAUSE -> WORD;
      case WORD -> PIECE;
      case PIECE -> GRAPHEME;
      case GRAPHEME, CODE_POINT -> CODE_POINT;
    };
  }

  /** Says whether a word starts at an offset within the text, or an ideograph. */
  static boolean startsWord(CharSequence text, int at) {
    char after = text.charAt(at);
    if (CharClass.isSpace(after) || Character.isLowSurrogate(after)) {
      return false;
    }
    char before = text.charAt(at - 1);
    char lead = Character.isLowSurrogate(before) && at > 1 ? text.charAt(at - 2) : before;
    return CharClass.isSpace(before)
        || CharClass.isIdeographic(after)
        || CharClass.isIdeographic(lead);
  }

  private static boolean isPieceBoundary(CharSequence text, int at) {
    char before = text.charAt(at - 1);
    char after = text.charAt(at);
    return before != after && (TextHash.mix(before, after) & PIECE_MASK) == 0;
  }
}
