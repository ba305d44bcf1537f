package dev.ragindex.tokens;

import dev.ragindex.api.CountedText;
import java.util.Arrays;
import java.util.Objects;

/**
 * Token counts up to each offset at which a piece surely ends, whatever part of the text is looked
 * at. Between two of them the tokens of a part are a difference; only its edges are counted again,
 * each mostly a word.
 */
final class TokenSums implements CountedText {

  /** As in English; a text with shorter words makes the arrays grow. */
  private static final int CHARACTERS_PER_END = 6;

  private final CharSequence text;
  private final BytePairRun run;
  private int[] ends;
  private int[] sums;
  private int size;

  TokenSums(CharSequence text, BytePairRun run) {
    this.text = text;
    this.run = run;
    this.ends = new int[text.length() / CHARACTERS_PER_END + 1];
    this.sums = new int[ends.length];
    run.sum(text, this);
  }

  /** Notes the tokens up to an offset; offsets come in order. */
  void add(int end, int tokens) {
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, size + size / 2 + 1);
      sums = Arrays.copyOf(sums, ends.length);
    }
    ends[size] = end;
    sums[size++] = tokens;
  }

  @Override
  public int count(int start, int end) {
    Objects.checkFromToIndex(start, end, text.length());
    int first = indexFrom(start);
    int last = indexFrom(end + 1) - 1;
    if (first >= last) {
      return run.count(text, start, end);
    }
    return run.count(text, start, ends[first])
        + (sums[last] - sums[first])
        + run.count(text, ends[last], end);
  }

  /** Index of the first end that is not before an offset. */
  private int indexFrom(int offset) {
    int found = Arrays.binarySearch(ends, 0, size, offset);
    return found < 0 ? -found - 1 : found;
  }
}
