package dev.ragindex.tokens;

/**
 * A table from pairs of numbers to a number: open addressing, one {@code long} an entry, so that a
 * lookup mostly touches one cache line and never allocates.
 *
 * <p>Not thread-safe while it is filled, thread-safe afterwards if published safely.
 */
final class PairTable {

  /** No such pair. */
  static final int NONE = -1;

  private static final int VALUE_BITS = 22;
  private static final int RIGHT_BITS = 20;
  private static final int LEFT_BITS = 22;
  private static final long GOLDEN_RATIO = 0x9E37_79B9_7F4A_7C15L;

  /** Left, right and value from high to low bits; 0 where there is none. */
  private long[] entries;

  private int shift;
  private int size;

  /**
   * An empty table.
   *
   * @param expected number of pairs that fit before it grows
   */
  PairTable(int expected) {
    allocate(Math.max(Integer.highestOneBit(expected), 8) * 4);
  }

  /** The value of a pair, or {@link #NONE}. */
  int get(int left, int right) {
    long key = key(left, right);
    long[] table = entries;
    int mask = table.length - 1;
    int slot = slot(key);
    while (true) {
      long entry = table[slot];
      if (entry == 0) {
        return NONE;
      }
      if (entry >>> VALUE_BITS == key) {
        return (int) entry & ((1 << VALUE_BITS) - 1);
      }
      slot = (slot + 1) & mask;
    }
  }

  /** Adds a pair that is not yet in the table; the value is above 0. */
  void add(int left, int right, int value) {
    if (left >>> LEFT_BITS != 0 || right >>> RIGHT_BITS != 0 || value >>> VALUE_BITS != 0) {
      throw new IllegalArgumentException(
          "the vocabulary is too large: (%d, %d) for %d".formatted(left, right, value));
    }
    if (++size > entries.length / 2) {
      grow();
    }
    insert((key(left, right) << VALUE_BITS) | value);
  }

  private void grow() {
    long[] before = entries;
    allocate(before.length * 2);
    for (long entry : before) {
      if (entry != 0) {
        insert(entry);
      }
    }
  }

  private void allocate(int capacity) {
    entries = new long[capacity];
    shift = Long.numberOfLeadingZeros(capacity) + 1;
  }

  private void insert(long entry) {
    int mask = entries.length - 1;
    int slot = slot(entry >>> VALUE_BITS);
    while (entries[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    entries[slot] = entry;
  }

  /** Where the search for a key begins. Both numbers of a pair run in sequence: mixed twice. */
  private int slot(long key) {
    long hash = key * GOLDEN_RATIO;
    return (int) (((hash ^ (hash >>> 32)) * GOLDEN_RATIO) >>> shift);
  }

  private static long key(int left, int right) {
    return ((long) left << RIGHT_BITS) | right;
  }
}
