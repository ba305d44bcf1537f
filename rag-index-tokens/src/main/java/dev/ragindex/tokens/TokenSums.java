package dev.ragindex.tokens;

import dev.ragindex.api.CountedText;
import java.util.Arrays;
import java.util.Objects;

/**
 * Token counts up to some of the offsets at which a piece surely ends, whatever part of the text is
 * looked at: for each stretch of {@value #STRETCH} characters the first one from its start on.
 * Between two of them the tokens of a part are a difference; only its edges are counted again, each
 * mostly a few words.
 */
final class TokenSums implements CountedText {

  private static final int STRETCH = 16;

  /** Counts part of a text by itself, and all of it with its sums. */
  interface Run {
    /** Tokens of a part of a text. */
    int count(CharSequence text, int start, int end);

    /** Tells the sums of a whole text. */
    void sum(CharSequence text, TokenSums sums);
  }

  private final CharSequence text;
  private final Run run;

  /** For each stretch the end, and the tokens up to it. */
  private final int[] ends;

  private final int[] sums;
  private int size;

  TokenSums(CharSequence text, Run run) {
    this.text = text;
    this.run = run;
    this.ends = new int[text.length() / STRETCH + 1];
    this.sums = new int[ends.length];
    run.sum(text, this);
  }

  /** Notes the tokens up to an offset; offsets come in order. */
  void add(int end, int tokens) {
    for (; size < ends.length && size * STRETCH <= end; size++) {
      ends[size] = end;
      sums[size] = tokens;
    }
  }

  @Override
  public int count(int start, int end) {
    Objects.checkFromToIndex(start, end, text.length());
    if (end - start < STRETCH / 2) {
      return run.count(text, start, end);
    }
    int first = start == 0 ? 0 : (start - 1) / STRETCH + 1;
    int last = lastUpTo(end);
    if (first >= size || last < first || ends[first] >= ends[last]) {
      return run.count(text, start, end);
    }
    return run.count(text, start, ends[first])
        + (sums[last] - sums[first])
        + run.count(text, ends[last], end);
  }

  /** The last stretch whose end is not behind an offset; -1 if there is none. */
  private int lastUpTo(int offset) {
    int stretch = Math.min(offset / STRETCH, size - 1);
    if (stretch < 0 || ends[stretch] <= offset) {
      return stretch;
    }
    int found = Arrays.binarySearch(ends, 0, stretch, offset);
    return found < 0 ? -found - 2 : found;
  }
}
