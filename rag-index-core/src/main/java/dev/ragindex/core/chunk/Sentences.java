package dev.ragindex.core.chunk;

import java.util.Set;

/**
 * Where sentences end. Looks only at a terminator and its surroundings within a line: line breaks
 * are the business of the caller.
 *
 * <p>A terminator ends a sentence if white space or the end follows it and its closing quotes
 * (Chinese and Japanese full stops need no space), unless what follows starts in lower case, or
 * what precedes is an abbreviation, an initial or the number of a list item.
 */
final class Sentences {

  private static final int LONGEST_WORD = 32;

  /** Always followed by the name or number they belong to. */
  private static final Set<String> NEVER_LAST =
      Set.of(
          "mr",
          "mrs",
          "ms",
          "dr",
          "prof",
          "st",
          "gen",
          "col",
          "capt",
          "lt",
          "sgt",
          "rep",
          "sen",
          "gov",
          "pres",
          "rev",
          "hon",
          "mt",
          "messrs",
          "mme",
          "mlle",
          "vs",
          "cf",
          "e.g",
          "i.e",
          "viz",
          "ca",
          "approx",
          "resp",
          "hr",
          "fr",
          "z.b",
          "d.h",
          "u.a",
          "bzw",
          "vgl",
          "sog",
          "\u0921\u0949",
          "\u092A\u094D\u0930\u094B"); // Hindi: Dr., Prof.

  /** Abbreviate something only before a number. */
  private static final Set<String> BEFORE_NUMBER =
      Set.of(
          "no", "nos", "nr", "fig", "figs", "eq", "eqs", "sec", "sect", "ch", "chap", "vol", "p",
          "pp", "art", "par", "ref", "tab", "ex", "abs", "jan", "feb", "mar", "apr", "jun", "jul",
          "aug", "sep", "sept", "oct", "nov", "dec", "tel", "ext", "fax");

  /** Follow the number of a day, which German writes with a dot. */
  private static final Set<String> MONTHS =
      Set.of(
          "januar",
          "j\u00E4nner",
          "februar",
          "m\u00E4rz",
          "april",
          "mai",
          "juni",
          "juli",
          "august",
          "september",
          "oktober",
          "november",
          "dezember");

  /** May end a sentence; they do if what follows looks like a beginning. */
  private static final Set<String> MAYBE_LAST =
      Set.of(
          "etc", "inc", "ltd", "co", "corp", "llc", "jr", "sr", "dept", "univ", "assn", "bros",
          "ave", "blvd", "rd", "ft", "gal", "est", "ed", "eds", "al", "ph.d", "usw");

  /** Words that start a sentence far more often than they follow an abbreviation in a name. */
  private static final Set<String> STARTERS =
      Set.of(
          "the", "a", "an", "this", "that", "these", "those", "it", "its", "he", "she", "they",
          "we", "you", "i", "his", "her", "their", "our", "my", "in", "on", "at", "for", "from",
          "to", "with", "by", "as", "if", "when", "while", "after", "before", "since", "because",
          "but", "and", "or", "so", "however", "there", "then", "what", "who", "how", "why",
          "where", "all", "some", "many", "most", "each", "both", "no", "not", "now", "here",
          "once", "also", "der", "die", "das", "ein", "eine", "es", "er", "sie", "wir", "le", "la",
          "les", "il", "elle");

  private Sentences() {}

  /** Offset after a run of terminators. */
  static int afterTerminators(CharSequence text, int terminator, int end) {
    int i = terminator + 1;
    while (i < end && CharClass.isTerminator(text.charAt(i))) {
      i++;
    }
    return i;
  }

  /**
   * Offset after the closing marks of the sentence that a run of terminators ends, or -1 if none
   * ends there.
   *
   * @param text the text
   * @param floor start of the sentence or earlier
   * @param terminator first terminator of the run
   * @param after offset after the run
   * @param end end of the text to look at
   */
  static int endOf(CharSequence text, int floor, int terminator, int after, int end) {
    int close = afterClosers(text, after, end);
    boolean spaced = close == end || CharClass.isSpace(text.charAt(close));
    if (CharClass.isUnspacedTerminator(text.charAt(after - 1))) {
      return close < end && CharClass.isTerminator(text.charAt(close)) ? -1 : close;
    }
    if (!spaced) {
      return -1;
    }
    int following = CharClass.skipSpace(text, close, end);
    if (following == end) {
      return close;
    }
    return startsSentence(text, following, end)
            && !isAbbreviation(text, floor, terminator, after, following, end)
        ? close
        : -1;
  }

  /** French sets a space before its closing quotation mark. */
  private static int afterClosers(CharSequence text, int from, int end) {
    int i = from;
    while (i < end && CharClass.isCloser(text.charAt(i))) {
      i++;
    }
    boolean spacedQuote =
        i + 1 < end && CharClass.isSpace(text.charAt(i)) && text.charAt(i + 1) == '\u00BB';
    return spacedQuote ? i + 2 : i;
  }

  /** Whether a sentence may start here: not in lower case, not with a mark that continues one. */
  private static boolean startsSentence(CharSequence text, int from, int end) {
    int i = from;
    while (i < end && CharClass.isOpener(text.charAt(i))) {
      i++;
    }
    if (i == end) {
      return true;
    }
    char c = text.charAt(i);
    return !CharClass.isLowerCase(Character.codePointAt(text, i))
        && !CharClass.isClauseMark(c)
        && !CharClass.isTerminator(c);
  }

  private static boolean isAbbreviation(
      CharSequence text, int floor, int terminator, int after, int following, int end) {
    if (text.charAt(terminator) != '.' || after != terminator + 1) {
      return false;
    }
    int start = wordStart(text, floor, terminator);
    if (start == terminator || terminator - start > LONGEST_WORD) {
      return false;
    }
    if (isLetterWithDot(text, start) && isLetterWithDot(text, following)) {
      return true;
    }
    String word = abbreviation(text, floor, start, terminator);
    if (NEVER_LAST.contains(word)) {
      return true;
    }
    if (isDay(word)) {
      return MONTHS.contains(wordAt(text, following, end)) || isListItem(text, start, word);
    }
    if (BEFORE_NUMBER.contains(word)) {
      return CharClass.isDigit(text.charAt(following));
    }
    if (isListItem(text, start, word)) {
      return true;
    }
    boolean mayContinue =
        MAYBE_LAST.contains(word) || isInitial(text, start, terminator) || isDotted(word);
    return mayContinue && !STARTERS.contains(wordAt(text, following, end));
  }

  /** The word before a dot in lower case; of several letters with spaces between, all. */
  private static String abbreviation(CharSequence text, int floor, int start, int end) {
    String word = lowerCase(text, start, end);
    int before = start - 3;
    boolean spaced =
        word.length() == 1
            && before >= floor
            && CharClass.isSpace(text.charAt(start - 1))
            && isLetterWithDot(text, before)
            && (before == 0 || !isWordPart(text.charAt(before - 1)));
    return spaced ? lowerCase(text, before, start - 1) + word : word;
  }

  /** Whether a single letter and a dot stand at an offset, as in {@code z. B.} */
  private static boolean isLetterWithDot(CharSequence text, int at) {
    return at + 1 < text.length()
        && CharClass.isLetter(text.charAt(at))
        && text.charAt(at + 1) == '.';
  }

  private static boolean isDay(String word) {
    return word.length() <= 2 && word.chars().allMatch(c -> CharClass.isDigit((char) c));
  }

  private static boolean isListItem(CharSequence text, int start, String word) {
    return startsLine(text, start) && isEnumerator(word);
  }

  private static int wordStart(CharSequence text, int floor, int end) {
    int start = end;
    int limit = Math.max(floor, end - LONGEST_WORD - 1);
    while (start > limit && isWordPart(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  private static boolean isWordPart(char c) {
    return !CharClass.isSpace(c) && !CharClass.isOpener(c) && c != '-' && c != '/';
  }

  private static String wordAt(CharSequence text, int from, int end) {
    int start = from;
    while (start < end && CharClass.isOpener(text.charAt(start))) {
      start++;
    }
    int i = start;
    while (i < end && i - start < LONGEST_WORD && CharClass.isLetter(text.charAt(i))) {
      i++;
    }
    return lowerCase(text, start, i);
  }

  /** In lower case as far as it is ASCII, which is all that the lists of words need. */
  private static String lowerCase(CharSequence text, int start, int end) {
    StringBuilder word = new StringBuilder(end - start);
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      word.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
    }
    return word.toString();
  }

  private static boolean startsLine(CharSequence text, int at) {
    int i = at;
    while (i > 0 && CharClass.isSpace(text.charAt(i - 1))) {
      if (CharClass.isLineBreak(text.charAt(i - 1))) {
        return true;
      }
      i--;
    }
    return i == 0;
  }

  /** The number or letter of a list item: 1, 12, 2.3, a, iv. */
  private static boolean isEnumerator(String word) {
    return word.length() <= 6
        && (word.chars().allMatch(c -> CharClass.isDigit((char) c) || c == '.')
            || word.length() == 1
            || word.chars().allMatch(c -> "ivxlc".indexOf(c) >= 0));
  }

  private static boolean isInitial(CharSequence text, int start, int end) {
    return CharClass.isCapital(Character.codePointAt(text, start))
        && end - start == Character.charCount(Character.codePointAt(text, start));
  }

  /** Single letters with dots between them: u.s, a.m. */
  private static boolean isDotted(String word) {
    if (word.length() < 3 || word.length() % 2 == 0) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      boolean fits = i % 2 == 0 ? CharClass.isLetter(word.charAt(i)) : word.charAt(i) == '.';
      if (!fits) {
        return false;
      }
    }
    return true;
  }
}
