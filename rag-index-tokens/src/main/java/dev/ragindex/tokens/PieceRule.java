package dev.ragindex.tokens;

import static dev.ragindex.tokens.CharacterClass.CASELESS;
import static dev.ragindex.tokens.CharacterClass.LOWER;
import static dev.ragindex.tokens.CharacterClass.MARK;
import static dev.ragindex.tokens.CharacterClass.NEWLINE;
import static dev.ragindex.tokens.CharacterClass.NUMBER;
import static dev.ragindex.tokens.CharacterClass.OTHER;
import static dev.ragindex.tokens.CharacterClass.SPACE;
import static dev.ragindex.tokens.CharacterClass.UPPER;

/**
 * How a tokenizer splits a text into pieces before it merges bytes within each: the regular
 * expressions published with tiktoken, by hand. Pieces tile the text, and where one ends depends on
 * nothing before it.
 *
 * <p>Texts are without lone surrogates.
 */
enum PieceRule {

  /**
   * {@code (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}|
   * ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+}.
   */
  CL100K {
    @Override
    int end(char[] text, int start, int limit) {
      int first = CharacterClass.at(text, start);
      int second = start + width(text[start]);
      if (isIn(LETTERS, first)) {
        return run(LETTERS, text, second, limit);
      }
      int contracted = contraction(text, start, limit);
      if (contracted > start) {
        return contracted;
      }
      if (isIn(BEFORE_WORD, first)) {
        int word = run(LETTERS, text, second, limit);
        if (word > second) {
          return word;
        }
      }
      return noWord(first, text, start, limit);
    }

    @Override
    int symbolTail(char[] text, int start, int limit) {
      return run(NEWLINES, text, start, limit);
    }
  },

  /**
   * {@code [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+C?|
   * [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*C?|\p{N}{1,3}|
   * ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+} with {@code C} for {@code
   * (?i:'s|'t|'re|'ve|'m|'ll|'d)}.
   */
  O200K {
    @Override
    int end(char[] text, int start, int limit) {
      int first = CharacterClass.at(text, start);
      int word = word(first, text, start, limit);
      return word > start ? contraction(text, word, limit) : noWord(first, text, start, limit);
    }

    @Override
    int symbolTail(char[] text, int start, int limit) {
      int at = start;
      while (at < limit && (text[at] == '/' || text[at] == '\r' || text[at] == '\n')) {
        at++;
      }
      return at;
    }

    /** End of a word, its contraction left out, or the start if there is none. */
    private int word(int first, char[] text, int start, int limit) {
      int head = isIn(BEFORE_WORD, first) ? start + width(text[start]) : start;
      int upper = run(UPPERS, text, head, limit);
      int lower = run(LOWERS, text, upper, limit);
      if (lower > upper) {
        return lower;
      }
      int back = lastOf(LOWERS, text, head, upper);
      if (back > head) {
        return back;
      }
      // A mark before a word is given back to be the word.
      if (first == MARK) {
        return head;
      }
      return upper > head ? upper : start;
    }
  };

  private static final int LETTERS = set(UPPER, LOWER, CASELESS);
  private static final int UPPERS = set(UPPER, CASELESS, MARK);
  private static final int LOWERS = set(LOWER, CASELESS, MARK);
  private static final int BEFORE_WORD = set(OTHER, SPACE, MARK);
  private static final int SYMBOLS = set(OTHER, MARK);
  private static final int SPACES = set(SPACE, NEWLINE);
  private static final int NEWLINES = set(NEWLINE);
  private static final int WORDS_AND_NUMBERS = set(UPPER, LOWER, CASELESS, NUMBER);
  private static final int AFTER_PIECE = set(OTHER, SPACE, NEWLINE);

  private static final int LONGEST_NUMBER = 3;

  /**
   * End of the piece that starts at an offset.
   *
   * @param limit end of the text, above the start
   */
  abstract int end(char[] text, int start, int limit);

  /** End of what may follow a run of symbols in their piece. */
  abstract int symbolTail(char[] text, int start, int limit);

  /**
   * Says whether a piece ends at an offset within a text, whatever stands farther off: where a word
   * or number ends, before anything that cannot continue it.
   */
  static boolean endsSurely(char[] text, int at) {
    return isIn(WORDS_AND_NUMBERS, CharacterClass.of(text[at - 1]))
        && isIn(AFTER_PIECE, CharacterClass.of(text[at]))
        && text[at] != '\'';
  }

  /** End of a piece that is no word. */
  final int noWord(int first, char[] text, int start, int limit) {
    return switch (first) {
      case NUMBER -> number(text, start, limit);
      case SPACE, NEWLINE -> space(text, start, limit);
      default -> symbols(text, start, limit);
    };
  }

  private int space(char[] text, int start, int limit) {
    int symbols = text[start] == ' ' ? symbols(text, start + 1, limit) : start + 1;
    if (symbols > start + 1) {
      return symbols;
    }
    int end = run(SPACES, text, start, limit);
    int afterNewline = lastOf(NEWLINES, text, start, end);
    if (afterNewline > start) {
      return afterNewline;
    }
    // The last space goes with what follows.
    return end == limit || end == start + 1 ? end : end - 1;
  }

  private int symbols(char[] text, int start, int limit) {
    int end = run(SYMBOLS, text, start, limit);
    return end == start ? start : symbolTail(text, end, limit);
  }

  private static int number(char[] text, int start, int limit) {
    int at = start;
    for (int i = 0; i < LONGEST_NUMBER && at < limit; i++) {
      if (CharacterClass.at(text, at) != NUMBER) {
        break;
      }
      at += width(text[at]);
    }
    return at;
  }

  /** End of a contraction such as {@code 're}, or the start if there is none. */
  static int contraction(char[] text, int start, int limit) {
    if (start + 1 >= limit || text[start] != '\'') {
      return start;
    }
    return switch (text[start + 1]) {
      // The long s, U+017F, is an s without its case.
      case 's', 'S', '\u017F', 'd', 'D', 'm', 'M', 't', 'T' -> start + 2;
      case 'l', 'L' -> start + (isEither('l', 'L', text, start + 2, limit) ? 3 : 0);
      case 'v', 'V', 'r', 'R' -> start + (isEither('e', 'E', text, start + 2, limit) ? 3 : 0);
      default -> start;
    };
  }

  private static boolean isEither(char one, char other, char[] text, int at, int limit) {
    return at < limit && (text[at] == one || text[at] == other);
  }

  /** End of the run of characters whose class is in a set. */
  static int run(int set, char[] text, int start, int limit) {
    int at = start;
    while (at < limit && isIn(set, CharacterClass.of(text[at]))) {
      at++;
    }
    // A unit of a surrogate pair is in no set by itself.
    while (at < limit && isIn(set, CharacterClass.at(text, at))) {
      at += width(text[at]);
    }
    return at;
  }

  /** End of the last character in a range whose class is in a set, or the start of the range. */
  private static int lastOf(int set, char[] text, int start, int end) {
    int at = end;
    while (at > start) {
      int before = at - (Character.isLowSurrogate(text[at - 1]) ? 2 : 1);
      if (isIn(set, CharacterClass.at(text, before))) {
        return at;
      }
      at = before;
    }
    return start;
  }

  static int width(char unit) {
    return Character.isHighSurrogate(unit) ? 2 : 1;
  }

  static boolean isIn(int set, int characterClass) {
    return ((set >>> characterClass) & 1) != 0;
  }

  private static int set(int... classes) {
    int set = 0;
    for (int characterClass : classes) {
      set |= 1 << characterClass;
    }
    return set;
  }
}
