package dev.ragindex.store.lucene;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One thread for work on files. Java closes a file channel when the thread that uses it is
 * interrupted, and Lucene then loses its writer; so callers' threads, which anyone may interrupt,
 * wait here and never touch a file themselves.
 */
final class StoreThread implements AutoCloseable {

  private final ThreadPoolExecutor executor;

  StoreThread(String name) {
    executor =
        new ThreadPoolExecutor(
            1,
            1,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> Thread.ofPlatform().name(name).daemon().unstarted(work));
    executor.allowCoreThreadTimeOut(true);
  }

  /** Does the work and waits for it, interrupted or not; an interrupt is still there afterwards. */
  <T> T call(Callable<T> work) {
    Future<T> result = executor.submit(work);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return result.get();
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

  @Override
  public void close() {
    executor.shutdown();
  }

  private static RuntimeException unchecked(ExecutionException failure) {
    return switch (failure.getCause()) {
      case RuntimeException e -> e;
      case Error e -> throw e;
      case null, default -> new IllegalStateException("unexpected failure", failure);
    };
  }
}
