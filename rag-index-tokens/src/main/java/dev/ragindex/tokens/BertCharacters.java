package dev.ragindex.tokens;

import java.util.ArrayList;
import java.util.List;

/**
 * BERT's normalisation and word splitting, character by character.
 *
 * <p>The reference tokenizer cleans the text, sets ideographs apart, strips accents, lowers case
 * and splits at white space and punctuation, one pass after the other. Each pass maps a character
 * without looking at its neighbours, so that their composition is one table from character to what
 * becomes of it. The table is built in pages of 256 when they are first needed.
 *
 * <p>One thing does look at neighbours and is left out: canonical reordering of those few marks
 * that survive the stripping of accents (such as Hangul tone marks). It could matter only to a
 * vocabulary with such marks; without them the word is unknown in either order.
 *
 * <p>Thread-safe: two threads may build the same page, with the same content.
 */
final class BertCharacters {

  /** What becomes of a character: nothing. */
  static final int NOTHING = 0;

  /** It ends a word. */
  static final int SPACE = 1;

  /** It becomes one character of a word: kind in the upper bits, code point in the lower. */
  static final int LETTER = 1 << 24;

  /** It becomes one character that is a word of its own. */
  static final int SYMBOL = 2 << 24;

  /** It becomes several characters: the lower bits say which of the page's sequences. */
  static final int SEQUENCE = 3 << 24;

  private static final int KIND = 0xFF << 24;
  private static final int PAGE_BITS = 8;
  private static final int PAGE_SIZE = 1 << PAGE_BITS;

  private final BertOptions options;
  private final BertCategories categories = new BertCategories();

  /** Safe to publish by a race, since a page's fields are final. */
  private final Page[] pages = new Page[(Character.MAX_CODE_POINT + 1) >> PAGE_BITS];

  BertCharacters(BertOptions options) {
    this.options = options;
  }

  /** What becomes of a code point: one of the constants, with its payload. */
  int outcome(int codePoint) {
    return page(codePoint).outcomes[codePoint & (PAGE_SIZE - 1)];
  }

  /** The outcomes that a {@link #SEQUENCE} outcome of this code point stands for. */
  int[] sequence(int codePoint, int outcome) {
    return page(codePoint).sequences[payload(outcome)];
  }

  static int kind(int outcome) {
    return outcome & KIND;
  }

  static int payload(int outcome) {
    return outcome & ~KIND;
  }

  private Page page(int codePoint) {
    int number = codePoint >> PAGE_BITS;
    Page page = pages[number];
    if (page == null) {
      page = build(number);
      pages[number] = page;
    }
    return page;
  }

  private Page build(int number) {
    int[] outcomes = new int[PAGE_SIZE];
    List<int[]> sequences = new ArrayList<>();
    for (int i = 0; i < PAGE_SIZE; i++) {
      int[] all = outcomes((number << PAGE_BITS) + i);
      outcomes[i] =
          switch (all.length) {
            case 0 -> NOTHING;
            case 1 -> all[0];
            default -> {
              sequences.add(all);
              yield SEQUENCE | (sequences.size() - 1);
            }
          };
    }
    return new Page(outcomes, sequences.toArray(int[][]::new));
  }

  private int[] outcomes(int codePoint) {
    if (options.cleanText() && isUnclean(codePoint)) {
      return new int[0];
    }
    boolean apart = options.ideographsApart() && categories.isIdeograph(codePoint);
    return normalized(codePoint)
        .codePoints()
        .map(c -> apart || categories.isPunctuation(c) ? SYMBOL | c : letterOrSpace(c))
        .toArray();
  }

  private int letterOrSpace(int codePoint) {
    return categories.isWhitespace(codePoint) ? SPACE : LETTER | codePoint;
  }

  private boolean isUnclean(int codePoint) {
    return codePoint == 0xFFFD || categories.isOther(codePoint);
  }

  private String normalized(int codePoint) {
    StringBuilder text = new StringBuilder();
    (options.stripAccents() ? categories.decompose(codePoint) : Character.toString(codePoint))
        .codePoints()
        .filter(c -> !(options.stripAccents() && categories.isMark(c)))
        .forEach(
            c ->
                text.append(options.lowerCase() ? categories.lowerCase(c) : Character.toString(c)));
    return text.toString();
  }

  /** Outcomes of 256 code points, and the longer ones among them. */
  private static final class Page {
    private final int[] outcomes;
    private final int[][] sequences;

    Page(int[] outcomes, int[][] sequences) {
      this.outcomes = outcomes;
      this.sequences = sequences;
    }
  }
}
