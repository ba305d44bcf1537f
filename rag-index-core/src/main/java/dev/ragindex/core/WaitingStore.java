package dev.ragindex.core;

import dev.ragindex.api.SearchHit;
import dev.ragindex.api.SearchRequest;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.StoreBusyException;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.VectorStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store whose writer is worth waiting for: while another one is open, asks again until it is
 * closed or patience ends. A store cannot tell when its writer in another process closes, so this
 * asks every tenth of a second.
 *
 * @param store the store
 * @param patience how long to wait
 */
record WaitingStore(VectorStore store, Duration patience) implements VectorStore {

  private static final Duration PAUSE = Duration.ofMillis(100);

  @Override
  public StoreWriter writer() {
    return patiently(store::writer);
  }

  @Override
  public void compact() {
    patiently(
        () -> {
          store.compact();
          return true;
        });
  }

  private <T> T patiently(Supplier<T> write) {
    long start = System.nanoTime();
    while (true) {
      try {
        return write.get();
      } catch (StoreBusyException busy) {
        Duration left = patience.minusNanos(System.nanoTime() - start);
        if (!left.isPositive()) {
          throw busy;
        }
        pause(left.compareTo(PAUSE) < 0 ? left : PAUSE, busy);
      }
    }
  }

  private static void pause(Duration time, StoreBusyException busy) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException cancelled =
          new CancellationException(
              "cancelled while waiting, nothing was done: " + busy.getMessage());
      cancelled.initCause(busy);
      throw cancelled;
    }
  }

  @Override
  public Snapshot snapshot() {
    return store.snapshot();
  }

  @Override
  public List<SearchHit> search(SearchRequest request, float @Nullable [] vector) {
    return store.search(request, vector);
  }

  @Override
  public Capabilities capabilities() {
    return store.capabilities();
  }

  @Override
  public Info info() {
    return store.info();
  }

  @Override
  public List<String> check() {
    return store.check();
  }

  @Override
  public void close() {
    store.close();
  }
}
