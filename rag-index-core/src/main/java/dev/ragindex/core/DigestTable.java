package dev.ragindex.core;

import dev.ragindex.api.Fingerprint;
import java.util.Arrays;

/**
 * Numbers fingerprints from 0 on, by their first 128 bits. Flat arrays with open addressing: 16
 * bytes for each and 6 to 12 for its place, where a map of objects takes some 150. Not thread-safe.
 */
final class DigestTable {

  /** What {@link #find} gives for a fingerprint that has no number. */
  static final int NONE = -1;

  private long[] high = new long[16];
  private long[] low = new long[16];
  private int[] places = new int[32]; // number + 1; 0 is free
  private int size;

  /** How many numbers were given out. */
  int size() {
    return size;
  }

  /** The number of a fingerprint, which is a new one if it has none yet. */
  int add(Fingerprint digest) {
    int place = place(digest.a(), digest.b());
    if (places[place] == 0) {
      append(digest);
      places[place] = size;
      return size - 1;
    }
    return places[place] - 1;
  }

  /** The number of a fingerprint, or {@link #NONE}. */
  int find(Fingerprint digest) {
    int place = place(digest.a(), digest.b()); // may replace the array
    return places[place] - 1;
  }

  private void append(Fingerprint digest) {
    if (size == high.length) {
      int more = size + (size >> 1);
      high = Arrays.copyOf(high, more);
      low = Arrays.copyOf(low, more);
    }
    high[size] = digest.a();
    low[size] = digest.b();
    size++;
  }

  /** Where these bits are, or a free place for them; grows first, so that there is always one. */
  private int place(long a, long b) {
    if (size >= places.length / 3 * 2) {
      grow();
    }
    int place = start(a);
    while (places[place] != 0 && !isAt(places[place] - 1, a, b)) {
      place = (place + 1) & (places.length - 1);
    }
    return place;
  }

  private boolean isAt(int number, long a, long b) {
    return high[number] == a && low[number] == b;
  }

  private int start(long a) {
    return (int) a & (places.length - 1);
  }

  private void grow() {
    places = new int[places.length * 2];
    for (int number = 0; number < size; number++) {
      int place = start(high[number]);
      while (places[place] != 0) {
        place = (place + 1) & (places.length - 1);
      }
      places[place] = number + 1;
    }
  }
}
