package dev.ragindex.tokens;

import java.util.Arrays;
import java.util.function.IntConsumer;

/** Collects token ids. */
final class IdBuffer implements IntConsumer {

  private int[] ids;
  private int size;

  IdBuffer(int expected) {
    ids = new int[Math.max(expected, 16)];
  }

  @Override
  public void accept(int id) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, size + (size >> 1));
    }
    ids[size++] = id;
  }

  void addAll(int[] more) {
    for (int id : more) {
      accept(id);
    }
  }

  int[] toArray() {
    return Arrays.copyOf(ids, size);
  }
}
