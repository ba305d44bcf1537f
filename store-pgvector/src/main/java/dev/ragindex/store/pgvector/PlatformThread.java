package dev.ragindex.store.pgvector;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Work on a connection that must not be lost. The JDK closes the socket that a virtual thread waits
 * on when that thread is interrupted (a platform thread just goes on waiting), so virtual threads
 * have such work done by a platform thread.
 */
final class PlatformThread {

  private PlatformThread() {}

  /** Does the work and waits for it, interrupted or not; an interrupt is still there afterwards. */
  static <T> T call(Supplier<T> work) {
    if (!Thread.currentThread().isVirtual()) {
      return work.get();
    }
    FutureTask<T> task = new FutureTask<>(work::get);
    Thread.ofPlatform().name("rag-index-writer").daemon().start(task);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw unchecked(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException unchecked(ExecutionException failure) {
    return switch (failure.getCause()) {
      case RuntimeException e -> e;
      case Error e -> throw e;
      case null, default -> new IllegalStateException("unexpected failure", failure);
    };
  }
}
