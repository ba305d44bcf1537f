package dev.ragindex.core;

import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread of an index write at a time; the others wait for their turn. Closing it stops the
 * one that writes. Other processes are kept off by the store.
 */
final class WriteTurn {

  private final ReentrantLock turn = new ReentrantLock();

  /** Guarded by this, like all below: an interrupt must meet nobody who is done. */
  private @Nullable Thread writing;

  private boolean stopped;
  private boolean closed;

  /**
   * Waits for its turn, then works.
   *
   * @throws IllegalStateException if the index is closed
   * @throws CancellationException if the thread is interrupted while it waits
   */
  <T> T take(Supplier<T> work) {
    try {
      turn.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while another thread was writing");
    }
    try {
      begin();
      try {
        return work.get();
      } finally {
        end();
      }
    } finally {
      turn.unlock();
    }
  }

  private synchronized void begin() {
    if (closed) {
      throw new IllegalStateException("the index is closed");
    }
    writing = Thread.currentThread();
  }

  private synchronized void end() {
    writing = null;
    if (stopped) {
      Thread.interrupted(); // it was for the work alone
    }
  }

  /**
   * Stops whoever writes, waits for the end of it, and lets nobody in any more.
   *
   * @param last what is done then
   * @throws IllegalStateException if called by the thread that writes
   */
  void close(Runnable last) {
    if (turn.isHeldByCurrentThread()) {
      throw new IllegalStateException("a run cannot close the index that it belongs to");
    }
    stop();
    turn.lock();
    try {
      last.run();
    } finally {
      turn.unlock();
    }
  }

  private synchronized void stop() {
    closed = true;
    if (writing != null) {
      stopped = true;
      writing.interrupt();
    }
  }
}
