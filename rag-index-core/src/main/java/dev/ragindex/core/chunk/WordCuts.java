package dev.ragindex.core.chunk;

import dev.ragindex.api.CountedText;
import java.util.function.IntBinaryOperator;

/**
 * Cuts a text into chunks as full of words as the limit allows. It searches for the offset that a
 * chunk can reach by its exact count, and takes the start of a word next to it: as parts of a
 * counted text are cheap to count, no words are looked at but those near the cut.
 */
final class WordCuts {

  private static final int USUAL_TOKEN = 4;

  /** Steps by the density of the text; the search then goes on by halves, so that it ends soon. */
  private static final int DENSITY_STEPS = 4;

  private final String text;
  private final CountedText counted;
  private final int max;

  /** Length of the chunk before, where the search for the next one starts. */
  private int usual;

  /**
   * Cuts a text.
   *
   * @param max most tokens of a chunk
   */
  WordCuts(String text, CountedText counted, int max) {
    this.text = text;
    this.counted = counted;
    this.max = max;
    this.usual = (int) Math.min(text.length(), (long) max * USUAL_TOKEN);
  }

  /** Where the chunk that starts at an offset ends: before a word, or within its only one. */
  int end(int start) {
    long most = start + (long) max * ChunkLimits.CHARACTERS_PER_TOKEN;
    int farthest = (int) Math.min(text.length(), most);
    int reach = reach(start, farthest);
    int end = lastFitting(start, Grain.WORD.next(text, reach, farthest), this::lastWord);
    if (end == start) {
      end = lastFitting(start, reach, this::lastCharacter);
    }
    if (end == start) {
      end = Grain.CODE_POINT.next(text, start, text.length());
    }
    usual = end - start;
    return end;
  }

  /** An offset that fits, at most a word or so before the last one that does. */
  private int reach(int start, int farthest) {
    int fits = start;
    int exceeds = farthest + 1;
    long next = (long) start + usual;
    for (int steps = 0; exceeds - fits > 1; steps++) {
      int at = Math.clamp(next, fits + 1, exceeds - 1);
      int tokens = counted.count(start, at);
      if (tokens == max) {
        return at;
      }
      if (tokens < max) {
        fits = at;
      } else {
        exceeds = at;
      }
      next =
          steps < DENSITY_STEPS
              ? at + (long) (max - tokens) * (at - start) / Math.max(tokens, 1)
              : (fits + exceeds) >>> 1;
    }
    return fits;
  }

  /** The last boundary of a kind, up to an offset, at which the chunk fits; or its start. */
  private int lastFitting(int start, int upTo, IntBinaryOperator lastBoundary) {
    int at = lastBoundary.applyAsInt(start, upTo);
    while (at > start && counted.count(start, at) > max) {
      at = lastBoundary.applyAsInt(start, at - 1);
    }
    return at;
  }

  private int lastWord(int start, int upTo) {
    int at = upTo;
    while (at > start && !isWordStart(at)) {
      at--;
    }
    return at;
  }

  private boolean isWordStart(int at) {
    return at == text.length() || (Grain.startsWord(text, at) && Graphemes.isBoundary(text, at));
  }

  /** What is one character is told from its beginning; of one that is too large, a code point. */
  private int lastCharacter(int start, int upTo) {
    int end = text.length();
    int at = start;
    for (int next = Graphemes.next(text, at, end);
        next <= upTo;
        next = Graphemes.next(text, at, end)) {
      at = next;
    }
    if (at > start || upTo == start) {
      return at;
    }
    return Character.isLowSurrogate(text.charAt(upTo)) ? upTo - 1 : upTo;
  }
}
