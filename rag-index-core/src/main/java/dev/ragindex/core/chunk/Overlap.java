package dev.ragindex.core.chunk;

import dev.ragindex.api.CountedText;
import java.util.stream.IntStream;

/**
 * Finds the end of a chunk that is repeated before the next one: as many whole units as the overlap
 * may hold, or if not even one fits, as many words. Never the whole chunk.
 */
final class Overlap {

  private final int max;

  Overlap(int max) {
    this.max = max;
  }

  /**
   * Offset at which the overlap of the chunk that starts at a boundary begins.
   *
   * @param from boundary at which the chunk before it starts
   * @param to boundary at which the chunk starts
   */
  int start(String text, CountedText counted, UnitTable units, int from, int to) {
    int end = units.offset(to);
    int unit = to;
    while (unit - 1 > from && units.weight(unit - 1, to) <= max) {
      unit--;
    }
    while (unit < to && counted.count(units.offset(unit), end) > max) {
      unit++;
    }
    return unit < to ? units.offset(unit) : firstWord(text, counted, units.offset(to - 1), end);
  }

  /** Start of the last words of a span that fit, never the start of the span; or its end. */
  int firstWord(String text, CountedText counted, int start, int end) {
    int[] starts = wordStarts(text, start, end);
    int first = starts.length;
    for (int tokens = 0; first > 0; first--) {
      int wordEnd = first == starts.length ? end : starts[first];
      tokens += counted.count(starts[first - 1], wordEnd);
      if (tokens > max) {
        break;
      }
    }
    while (first < starts.length && counted.count(starts[first], end) > max) {
      first++;
    }
    return first < starts.length ? starts[first] : end;
  }

  /** Word starts after the start of a span, no farther from its end than can fit. */
  private int[] wordStarts(String text, int start, int end) {
    int floor = Math.max(start, end - max * ChunkLimits.CHARACTERS_PER_TOKEN);
    return IntStream.iterate(
            Grain.WORD.next(text, floor, end), at -> at < end, at -> Grain.WORD.next(text, at, end))
        .filter(at -> Graphemes.isBoundary(text, at))
        .toArray();
  }
}
