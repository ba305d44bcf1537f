package dev.ragindex.core;

import dev.ragindex.api.SourceDocument;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides on documents at the same time, no more of them than {@link Admission} lets in. After a
 * failure nothing more is decided.
 */
final class Workers implements AutoCloseable {

  private final Admission admission;
  private final Consumer<Outcome> sink;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /**
   * Starts.
   *
   * @param admission how much may be in flight
   * @param sink takes what was decided, from several threads
   */
  Workers(Admission admission, Consumer<Outcome> sink) {
    this.admission = admission;
    this.sink = sink;
  }

  /** Has a document decided on; waits until there is room for it. */
  void submit(SourceDocument document, Supplier<@Nullable Outcome> decision) {
    Admission.Hold hold = admission.admit(document);
    threads.execute(
        () -> {
          try (hold) {
            decide(decision);
          }
        });
  }

  /** Notes a failure while the hold is still held: whoever waits for the last one then sees it. */
  private void decide(Supplier<@Nullable Outcome> decision) {
    try {
      Outcome outcome = failure.get() == null ? decision.get() : null;
      if (outcome != null) {
        sink.accept(outcome);
      }
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    }
  }

  /** Waits until everything submitted is decided, and throws what failed, if anything did. */
  void awaitAll() {
    admission.awaitAll();
    requireSound();
  }

  /** Throws what failed, if anything did. */
  void requireSound() {
    switch (failure.get()) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> {}
    }
  }

  /** Waits for what is in flight. */
  @Override
  public void close() {
    admission.awaitAll();
    threads.close();
  }
}
