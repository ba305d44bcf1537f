package dev.ragindex.core;

import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How many tokens a run may embed. Asked before anything is embedded, so the ceiling is never
 * exceeded; once it has refused, it refuses everything. Counts what finding cuts took. Thread-safe.
 */
final class TokenBudget {

  private final @Nullable Long ceiling;
  private final ReentrantLock cutting = new ReentrantLock();
  private final LongAdder tookToCut = new LongAdder();
  private long left;
  private boolean reached;

  /**
   * A budget.
   *
   * @param ceiling most tokens, or null for no limit
   */
  TokenBudget(@Nullable Long ceiling) {
    this.ceiling = ceiling;
    this.left = ceiling == null ? Long.MAX_VALUE : ceiling;
  }

  /**
   * Takes tokens out of the budget.
   *
   * @throws Reached if there are not as many left
   */
  synchronized void take(long tokens) {
    if (ceiling == null || tokens == 0) {
      return;
    }
    if (reached || tokens > left) {
      reached = true;
      throw new Reached(ceiling, left);
    }
    left -= tokens;
  }

  /**
   * Cuts a document by a chunker that embeds, if there are tokens enough for all it may need. One
   * at a time while there is a ceiling, so that what each took can be told.
   *
   * @param most most tokens it needs, those of its chunks included
   * @throws Reached if there are not as many left
   */
  <T> T cut(LongSupplier most, Supplier<T> work) {
    if (ceiling == null) {
      return work.get();
    }
    cutting.lock();
    try {
      long taken = most.getAsLong();
      take(taken);
      long before = tookToCut();
      try {
        return work.get();
      } finally {
        giveBack(taken - (tookToCut() - before));
      }
    } finally {
      cutting.unlock();
    }
  }

  /** Notes tokens that were embedded to find cuts. */
  void tookToCut(long tokens) {
    tookToCut.add(tokens);
  }

  /** Tokens embedded to find cuts so far. */
  long tookToCut() {
    return tookToCut.sum();
  }

  private synchronized void giveBack(long tokens) {
    left += tokens;
  }

  /** The ceiling is reached: the document has to wait for another run. */
  static final class Reached extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Reached(long ceiling, long left) {
      super(
          "the ceiling of %,d embedded tokens is reached: %,d are left, it needs more"
              .formatted(ceiling, left));
    }
  }
}
