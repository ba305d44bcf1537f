package dev.ragindex.tokens;

import dev.ragindex.api.CountedText;
import java.util.Arrays;
import java.util.Objects;

/**
 * Token counts up to the offsets at which a piece surely ends, whatever part of the text is looked
 * at. Between two of them the tokens of a part are a difference; only its edges are counted again,
 * each mostly a word.
 *
 * <p>Tokens are kept as bits: those between two sure ends as so many bits among the characters
 * between them, so that their number up to a sure end is that of the bits before it. Where they are
 * more than the characters, further planes of bits take the rest. All that is some three bits a
 * character.
 */
final class TokenSums implements CountedText {

  /** Bits of an offset within a word. */
  private static final int WORD = 6;

  /** The last bit of a word. */
  private static final int LAST = Long.SIZE - 1;

  private static final long ALL = -1L;

  /** Shorter parts are counted as fast. */
  private static final int SHORT = 8;

  /** Counts part of a text by itself, and all of it with its sums. */
  interface Run {
    /** Tokens of a part of a text. */
    int count(CharSequence text, int start, int end);

    /** Tells the sums of a whole text. */
    void sum(CharSequence text, TokenSums sums);
  }

  private final CharSequence text;
  private final Run run;

  /** A bit for each sure end; the start of the text is one. */
  private final long[] ends;

  /** The first plane of tokens, which mostly is all there is. */
  private final long[] tokens;

  private long[][] more = new long[0][];

  /** Tokens before each word of bits. */
  private final int[] sums;

  private int lastEnd;
  private int lastSum;

  TokenSums(CharSequence text, Run run) {
    this.text = text;
    this.run = run;
    this.ends = new long[(text.length() >> WORD) + 1];
    this.tokens = new long[ends.length];
    this.sums = new int[ends.length];
    ends[0] = 1;
    run.sum(text, this);
    for (int word = 1; word < sums.length; word++) {
      sums[word] = sums[word - 1] + bits(word - 1, ALL);
    }
  }

  /** Notes the tokens up to an offset; offsets come in order. */
  void add(int end, int sum) {
    int left = sum - lastSum;
    int most = end - lastEnd;
    ends[end >> WORD] |= 1L << end;
    if (left > 0) {
      set(tokens, end, Math.min(left, most));
    }
    left -= most;
    for (int plane = 0; left > 0; plane++, left -= most) {
      set(further(plane), end, Math.min(left, most));
    }
    lastEnd = end;
    lastSum = sum;
  }

  /** Sets some bits before an offset. */
  private static void set(long[] plane, int end, int bits) {
    for (int at = end - bits; at < end; at++) {
      plane[at >> WORD] |= 1L << at;
    }
  }

  private long[] further(int plane) {
    if (plane == more.length) {
      more = Arrays.copyOf(more, plane + 1);
      more[plane] = new long[tokens.length];
    }
    return more[plane];
  }

  @Override
  public int count(int start, int end) {
    Objects.checkFromToIndex(start, end, text.length());
    if (end - start < SHORT) {
      return run.count(text, start, end);
    }
    int first = endFrom(start, end);
    int last = endUpTo(end, start);
    if (first >= last) {
      return run.count(text, start, end);
    }
    return (first > start ? run.count(text, start, first) : 0)
        + (sum(last) - sum(first))
        + (end > last ? run.count(text, last, end) : 0);
  }

  /** Tokens up to a sure end. */
  private int sum(int end) {
    return sums[end >> WORD] + bits(end >> WORD, (1L << end) - 1);
  }

  /** Tokens whose bits are among some of a word. */
  private int bits(int word, long mask) {
    int bits = Long.bitCount(tokens[word] & mask);
    for (long[] plane : more) {
      bits += Long.bitCount(plane[word] & mask);
    }
    return bits;
  }

  /** The first sure end from an offset on; the limit or more if there is none before it. */
  private int endFrom(int offset, int limit) {
    int word = offset >> WORD;
    long found = ends[word] & (ALL << offset);
    while (found == 0) {
      if (++word << WORD >= limit) {
        return limit;
      }
      found = ends[word];
    }
    return (word << WORD) + Long.numberOfTrailingZeros(found);
  }

  /** The last sure end up to an offset; the limit or less if there is none behind it. */
  private int endUpTo(int offset, int limit) {
    int word = offset >> WORD;
    long found = ends[word] & (ALL >>> (LAST - offset));
    while (found == 0) {
      if (word << WORD <= limit) {
        return limit;
      }
      found = ends[--word];
    }
    return (word << WORD) + LAST - Long.numberOfLeadingZeros(found);
  }
}
