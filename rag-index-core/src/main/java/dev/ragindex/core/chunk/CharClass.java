package dev.ragindex.core.chunk;

/**
 * What chunkers need to know about characters, in one place. Classes of punctuation and space are
 * spelled out here, all others come from {@link UnicodeTables}.
 */
final class CharClass {

  private static final int END_OF_CAPITALS = 0x590;

  private static final int SPACE = 1;
  private static final int LINE_BREAK = 2;
  private static final int TERMINATOR = 4;
  private static final int CLAUSE_MARK = 8;

  /** The classes of ASCII, which every character of most texts is asked for. */
  private static final byte[] ASCII = new byte[0x80];

  static {
    mark(SPACE, " \t\n\u000B\f\r\u001C\u001D\u001E\u001F");
    mark(LINE_BREAK, "\n\u000B\f\r");
    mark(TERMINATOR, ".!?");
    mark(CLAUSE_MARK, ",;:|");
  }

  private CharClass() {}

  private static void mark(int charClass, String characters) {
    for (int i = 0; i < characters.length(); i++) {
      ASCII[characters.charAt(i)] |= (byte) charClass;
    }
  }

  private static boolean isAscii(char c, int classes) {
    return (ASCII[c] & classes) != 0;
  }

  /** Ends a line or may end a sentence. */
  static boolean mayEndSentence(char c) {
    return c < 0x80
        ? isAscii(c, LINE_BREAK | TERMINATOR)
        : isUnicodeLineBreak(c) || isTerminator(c);
  }

  /** Ends a line, or may end a sentence or separate clauses. */
  static boolean mayEndClause(char c) {
    return c < 0x80
        ? isAscii(c, LINE_BREAK | TERMINATOR | CLAUSE_MARK)
        : isUnicodeLineBreak(c) || isTerminator(c) || isClauseMark(c);
  }

  /** White space, including line breaks, the zero width space and the byte order mark. */
  static boolean isSpace(char c) {
    if (c < 0x80) {
      return isAscii(c, SPACE);
    }
    return c == 0x85
        || c == 0xA0
        || c == 0x1680
        || (c >= 0x2000 && c <= 0x200B)
        || c == 0x2028
        || c == 0x2029
        || c == 0x202F
        || c == 0x205F
        || c == 0x3000
        || c == 0xFEFF;
  }

  /** Ends a line. */
  static boolean isLineBreak(char c) {
    return c < 0x80 ? isAscii(c, LINE_BREAK) : isUnicodeLineBreak(c);
  }

  private static boolean isUnicodeLineBreak(char c) {
    return c == 0x85 || c == 0x2028 || c == 0x2029;
  }

  /** May end a sentence. */
  static boolean isTerminator(char c) {
    if (c < 0x80) {
      return isAscii(c, TERMINATOR);
    }
    return switch (c) {
      case '\u2026', '\u203C', '\u203D', '\u2047', '\u2048', '\u2049' -> true; // … ‼ ‽ ⁇ ⁈ ⁉
      case '\u061F', '\u06D4', '\u061E' -> true; // Arabic, Urdu
      case '\u0964', '\u0965' -> true; // Devanagari and its neighbours
      case '\u0589', '\u104B', '\u17D4', '\u17D5' -> true; // Armenian, Burmese, Khmer
      case '\u1362', '\u1367', '\u1368', '\u1803', '\u1809' -> true; // Ethiopic, Mongolian
      default -> isUnspacedTerminator(c);
    };
  }

  /** Ends a sentence even if no space follows: full stops of Chinese and Japanese. */
  static boolean isUnspacedTerminator(char c) {
    return switch (c) {
      case '\u3002', '\uFF01', '\uFF1F', '\uFF61' -> true;
      default -> false;
    };
  }

  /** Closes a quotation or bracket, so belongs to the sentence before it. */
  static boolean isCloser(char c) {
    return switch (c) {
      case '"', '\'', ')', ']', '}', '*', '_', '`' -> true;
      case '\u00BB', '\u201D', '\u2019', '\u203A', '\u201C', '\u2018' ->
          true; // German closes with “
      case '\u300D', '\u300F', '\u300B', '\u3009', '\u3011', '\u3015' -> true;
      case '\uFF09', '\uFF3D', '\uFF5D', '\uFF63', '\uFE42', '\uFE44' -> true;
      default -> false;
    };
  }

  /**
   * Opens a quotation, bracket or emphasis: what a sentence may begin with before its first word.
   */
  static boolean isOpener(char c) {
    return switch (c) {
      case '"', '\'', '(', '[', '{', '*', '_', '`', '<' -> true;
      case '\u00AB', '\u00BB', '\u201C', '\u2018', '\u201E', '\u201A', '\u2039' -> true;
      case '\u00BF', '\u00A1', '\u300C', '\u300E', '\uFF08' -> true;
      default -> false;
    };
  }

  /** Separates clauses of a sentence. */
  static boolean isClauseMark(char c) {
    if (c < 0x80) {
      return isAscii(c, CLAUSE_MARK);
    }
    return switch (c) {
      case '\u2013', '\u2014', '\u060C', '\u061B' -> true;
      case '\u3001', '\uFF0C', '\uFF1B', '\uFF1A', '\u104A', '\u1363', '\u1364', '\u1365' -> true;
      default -> false;
    };
  }

  /** Separates clauses even if no space follows. */
  static boolean isUnspacedClauseMark(char c) {
    return c == '\u3001' || c == '\uFF0C' || c == '\uFF1B' || c == '\uFF1A';
  }

  /** A character of a script that writes no spaces and in which each character may end a line. */
  static boolean isIdeographic(char c) {
    return c >= 0x2E80
        && (c <= 0x2FDF
            || (c >= 0x3040 && c <= 0x30FF)
            || (c >= 0x3100 && c <= 0x312F)
            || (c >= 0x31A0 && c <= 0x31FF)
            || (c >= 0x3400 && c <= 0x9FFF)
            || (c >= 0xF900 && c <= 0xFAFF)
            || (c >= 0xD840 && c <= 0xD888)); // high surrogates of the ideographic planes
  }

  /** A letter that no sentence starts with. */
  static boolean isLowerCase(int codePoint) {
    return UnicodeTables.LOWER_CASE.contains(codePoint);
  }

  /** A capital of the scripts in which initials are written: Latin, Greek, Cyrillic, Armenian. */
  static boolean isCapital(int codePoint) {
    return codePoint < END_OF_CAPITALS && isLetter(codePoint) && !isLowerCase(codePoint);
  }

  static boolean isLetter(int codePoint) {
    return UnicodeTables.LETTERS.contains(codePoint);
  }

  /** Combines with the character before it. */
  static boolean isMark(int codePoint) {
    return UnicodeTables.MARKS.contains(codePoint);
  }

  /** Invisible and by itself: controls, formats, line and paragraph separators. */
  static boolean isControl(int codePoint) {
    return UnicodeTables.CONTROLS.contains(codePoint);
  }

  /** May be joined to another one by a zero width joiner: an emoji or a symbol like them. */
  static boolean isPictograph(int codePoint) {
    return UnicodeTables.PICTOGRAPHS.contains(codePoint);
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** First offset from which on, up to the end, a character is no white space. */
  static int skipSpace(CharSequence text, int from, int end) {
    int i = from;
    while (i < end && isSpace(text.charAt(i))) {
      i++;
    }
    return i;
  }

  /** A span without the white space around it. */
  static String stripped(String text, int start, int end) {
    int last = end;
    while (last > start && isSpace(text.charAt(last - 1))) {
      last--;
    }
    return text.substring(skipSpace(text, start, last), last);
  }
}
