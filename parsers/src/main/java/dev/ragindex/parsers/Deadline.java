package dev.ragindex.parsers;

import dev.ragindex.api.IndexingException;
import dev.ragindex.api.IndexingException.Kind;
import dev.ragindex.api.Stage;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Runs a parse on a thread of its own. When its time is over, the thread is interrupted and left
 * behind; it usually ends at its next read or write, which ask the budget. A loop that does neither
 * cannot be stopped inside of one JVM.
 */
final class Deadline {

  private Deadline() {}

  static <T> T run(Supplier<T> parse, Duration limit, Budget budget) {
    FutureTask<T> task = new FutureTask<>(parse::get);
    // A platform thread: a parser that loops on a virtual one would keep its carrier for ever.
    Thread.ofPlatform().daemon().name("rag-index-parse").start(task);
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      abandon(task, budget);
      throw new IndexingException(
          Stage.PARSE, Kind.TIMEOUT, "parsing took longer than " + limit.toMillis() + " ms", e);
    } catch (InterruptedException e) {
      abandon(task, budget);
      Thread.currentThread().interrupt();
      throw new IndexingException(
          Stage.PARSE, Kind.INFRASTRUCTURE, "parsing was interrupted by the caller", e);
    } catch (ExecutionException e) {
      throw Failures.of(e.getCause() == null ? e : e.getCause());
    }
  }

  private static void abandon(FutureTask<?> task, Budget budget) {
    budget.cancel();
    task.cancel(true);
  }
}
