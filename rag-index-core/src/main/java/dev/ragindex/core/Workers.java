package dev.ragindex.core;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.SourceDocument;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides on documents, several at a time, and knows which of them are not settled yet. What is
 * handed in by one thread is settled by many.
 */
final class Workers implements AutoCloseable {

  /** How long an interrupted worker may take to come to its end before it is left to itself. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private final Admission admission;
  private final Sink sink;
  private final Account account;
  private final Duration grace;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /** Orders what is settled and what is given up; a document is the one or the other. */
  private final ReentrantLock settling = new ReentrantLock();

  private final TreeSet<DocumentId> pending = new TreeSet<>();
  private volatile boolean stopped;
  private boolean interrupted;

  /**
   * Starts.
   *
   * @param sink takes what is decided
   * @param grace how long to wait for what is in flight when there is no going on
   */
  Workers(Admission admission, Sink sink, Account account, Duration grace) {
    this.admission = admission;
    this.sink = sink;
    this.account = account;
    this.grace = grace;
  }

  /**
   * Hands in a document; waits while too much is in flight.
   *
   * @param decision gives the outcome, or null if the document is to be handed in again
   */
  void submit(SourceDocument document, Supplier<@Nullable Outcome> decision)
      throws InterruptedException {
    locked(() -> pending.add(document.id()));
    Admission.Hold hold = admission.admit(document);
    threads.execute(
        () -> {
          try (hold) {
            work(decision);
          }
        });
  }

  /** Settles a document that needs no work. */
  void settle(Outcome outcome) {
    outcome.effect().accept(account.tally());
    account.progress().settled(0);
  }

  /** Waits for all that was handed in. */
  void awaitAll() throws InterruptedException {
    admission.awaitAll();
    requireNoFailure();
  }

  /** Throws what a worker threw, if one did, for a service failed or the store. */
  void requireNoFailure() {
    switch (failure.get()) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> {}
    }
  }

  /** Notes a failure while the hold is still held: whoever waits for the last one then sees it. */
  private void work(Supplier<@Nullable Outcome> decision) {
    try {
      if (failure.get() == null && !sink.failed() && !stopped) {
        Outcome outcome = decision.get();
        if (outcome != null) {
          locked(() -> accept(outcome));
        }
      }
    } catch (RuntimeException | Error e) {
      if (!stopped) {
        failure.compareAndSet(null, e);
      }
    }
  }

  private void accept(Outcome outcome) {
    if (stopped) {
      return;
    }
    pending.remove(outcome.document());
    sink.add(outcome);
    account.progress().settled(outcome.tokens());
  }

  /**
   * Waits for what is in flight as long as the grace period, or until interrupted; then interrupts
   * it. What it might still come to is dropped. Nothing more happens the second time.
   *
   * @return the documents that are not settled
   */
  List<DocumentId> stop() {
    if (!stopped) {
      boolean inTime = isIdleWithin(grace);
      locked(() -> stopped = true);
      if (!inTime) {
        threads.shutdownNow();
        isIdleWithin(LAST_WORDS);
      }
    }
    return List.copyOf(pending);
  }

  private boolean isIdleWithin(Duration time) {
    try {
      return admission.awaitAll(time);
    } catch (InterruptedException e) {
      interrupted = true; // asked to stop twice: so be it
      return false;
    }
  }

  private void locked(Runnable work) {
    settling.lock();
    try {
      work.run();
    } finally {
      settling.unlock();
    }
  }

  /** Ends as {@link #stop()} does, if something is in flight. */
  @Override
  public void close() {
    stop();
    threads.shutdown();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
