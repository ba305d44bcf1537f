package dev.ragindex.core.chunk;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The units of a text: small spans that tile it, with the weight and hash of each and the level of
 * the boundary before it. Boundary {@code i} stands before unit {@code i}; the last one is the end
 * of the text. One array a column, so that long documents cost little memory.
 */
final class UnitTable {

  private final int[] starts;
  private final int[] weights;
  private final byte[] levels;
  private final long[] hashes;
  private final int[] sections;
  private final int size;

  private UnitTable(Builder builder, int end) {
    this.size = builder.size;
    this.starts = builder.starts;
    this.weights = builder.weights;
    this.levels = builder.levels;
    this.hashes = builder.hashes;
    starts[size] = end;
    weights[size] = builder.total;
    levels[size] = Level.END;
    this.sections = IntStream.rangeClosed(1, size).filter(i -> levels[i] >= Level.END).toArray();
  }

  /** Number of units, and the index of the boundary at the end. */
  int size() {
    return size;
  }

  /** Offset of a boundary. */
  int offset(int boundary) {
    return starts[boundary];
  }

  /** The boundary at an offset, which has to be one. */
  int boundaryAt(int offset) {
    return Arrays.binarySearch(starts, 0, size + 1, offset);
  }

  /** Level of a boundary. */
  byte level(int boundary) {
    return levels[boundary];
  }

  /** The next boundary that starts a section, or the end. Not for the end itself. */
  int nextSection(int boundary) {
    int found = Arrays.binarySearch(sections, boundary + 1);
    return sections[found < 0 ? -found - 1 : found];
  }

  /** Weight of the units between two boundaries: their tokens, up to what is lost by merging. */
  int weight(int from, int to) {
    return weights[to] - weights[from];
  }

  /**
   * Rank of a boundary among others of its level: the hash of how the unit after it begins. The
   * unit before it is left out, so that a sentence inserted at a boundary adds a candidate and
   * takes none away.
   */
  long rank(int boundary) {
    return boundary == size ? -1 : hashes[boundary];
  }

  /** Collects units in order; the table then keeps its arrays, so it makes one table only. */
  static final class Builder {
    private int[] starts;
    private int[] weights;
    private byte[] levels;
    private long[] hashes;
    private int size;
    private int total;

    /** Expects a number of units, and takes any. */
    Builder(int expected) {
      int capacity = expected + 2; // one for the end, and never too few to grow by a half
      starts = new int[capacity];
      weights = new int[capacity];
      levels = new byte[capacity];
      hashes = new long[capacity];
    }

    /** Adds the unit that follows. */
    void add(int start, byte level, int weight, long hash) {
      if (size + 1 == starts.length) {
        grow(starts.length + (starts.length >> 1));
      }
      starts[size] = start;
      weights[size] = total;
      levels[size] = level;
      hashes[size] = hash;
      total = Math.addExact(total, weight);
      size++;
    }

    private void grow(int capacity) {
      starts = Arrays.copyOf(starts, capacity);
      weights = Arrays.copyOf(weights, capacity);
      levels = Arrays.copyOf(levels, capacity);
      hashes = Arrays.copyOf(hashes, capacity);
    }

    /** Ends the last unit. */
    UnitTable build(int end) {
      return new UnitTable(this, end);
    }
  }
}
