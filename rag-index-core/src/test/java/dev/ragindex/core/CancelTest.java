package dev.ragindex.core;

import static dev.ragindex.core.Bench.prose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragindex.api.StoreWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A run that is cancelled tells the truth and leaves nothing half done. */
@Timeout(60)
class CancelTest {

  private final Bench bench = new Bench();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void index_is_sound_and_free() {
    threads.shutdownNow();
    bench.embedder.gate = null;
    bench.store.writer().close();
    assertThat(bench.index().verify().findings()).isEmpty();
  }

  private SyncCancelledException cancelled(Future<?> run) {
    ExecutionException failure = catchThrowableOfType(ExecutionException.class, run::get);
    assertThat(failure).isNotNull();
    assertThat(failure.getCause()).isInstanceOf(SyncCancelledException.class);
    return (SyncCancelledException) failure.getCause();
  }

  private void fill(int documents) {
    IntStream.range(0, documents)
        .forEach(i -> bench.source.put("d%03d".formatted(i), prose(i, 10)));
  }

  /** Interrupts a run once so many documents are listed and settled, the others being embedded. */
  private SyncReport interruptedOnce(int listed, int settled) throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    SyncOptions options =
        SyncOptions.DEFAULT.listener(
            progress -> {
              if (progress.listed() == listed && progress.done() == settled) {
                reached.countDown();
              }
            });
    AtomicReference<Thread> runner = new AtomicReference<>();
    Future<?> run =
        threads.submit(
            () -> {
              runner.set(Thread.currentThread());
              return bench.sync(options);
            });
    reached.await();
    bench.embedder.waiting.acquire();
    runner.get().interrupt();
    return cancelled(run).report();
  }

  @Test
  void interrupt_settles_what_is_in_flight_and_the_next_run_finishes() {
    fill(300);
    bench.source.put("gone", "Text.");
    bench.index().sync(bench.source, java.util.List.of("gone"));
    bench.source.remove("gone");
    Thread runner = Thread.currentThread();
    SyncOptions options =
        SyncOptions.DEFAULT.listener(
            progress -> {
              if (progress.done() == 100) {
                runner.interrupt();
              }
            });

    SyncCancelledException e =
        catchThrowableOfType(SyncCancelledException.class, () -> bench.sync(options));
    boolean interrupted = Thread.interrupted();
    long indexed = bench.index().status().documents();
    SyncReport next = bench.sync();

    assertThat(interrupted).isTrue();
    SyncReport report = e.report();
    assertThat(report.added()).isGreaterThanOrEqualTo(100).isLessThan(300);
    assertThat(report.deferred()).as("all but one that waited to begin").isLessThanOrEqualTo(1);
    assertThat(report.listed()).isEqualTo(report.added() + report.deferred());
    assertThat(report.deleted()).isZero();
    assertThat(indexed).isEqualTo(report.added() + 1);
    assertThat(next.unchanged()).isEqualTo(report.added());
    assertThat(next.added()).isEqualTo(300 - report.added());
    assertThat(next.deleted()).isEqualTo(1);
    assertThat(bench.embedder.texts).doesNotHaveDuplicates();
  }

  @Test
  void what_does_not_end_within_the_grace_period_is_interrupted_and_dropped() throws Exception {
    bench.more = builder -> builder.gracePeriod(Duration.ofMillis(200));
    CountDownLatch never = new CountDownLatch(1);
    fill(4);
    bench.sync();
    fill(8);
    bench.embedder.gate = never::await;
    SyncReport report = interruptedOnce(8, 4);

    assertThat(report.listed()).isEqualTo(8);
    assertThat(report.unchanged()).isEqualTo(4);
    assertThat(report.deferred()).isEqualTo(4);
    assertThat(report.failures())
        .extracting(SyncReport.Failure::document)
        .containsExactly("d004", "d005", "d006", "d007");
    assertThat(bench.state("d004")).isNull();
  }

  @Test
  void embedder_that_ignores_interrupts_is_left_to_itself() throws Exception {
    bench.more = builder -> builder.gracePeriod(Duration.ofMillis(100));
    CountDownLatch late = new CountDownLatch(1);
    fill(4);
    bench.embedder.gate = () -> awaitUninterruptibly(late);
    SyncReport report = interruptedOnce(4, 0);
    try (StoreWriter writer = bench.store.writer()) {
      late.countDown(); // it comes to its end while somebody else has the store
      Thread.sleep(100);
      assertThat(writer).isNotNull();
    }

    assertThat(report.deferred()).isEqualTo(4);
    assertThat(bench.index().status().documents()).isZero();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    for (boolean done = false; !done; ) {
      try {
        latch.await();
        done = true;
      } catch (InterruptedException ignored) {
        Thread.interrupted();
      }
    }
  }

  @Test
  void close_cancels_a_run_and_waits_for_its_end() throws Exception {
    CountDownLatch closing = new CountDownLatch(1);
    fill(50);
    bench.embedder.gate = closing::await;
    RagIndex index = bench.index();
    AtomicReference<Boolean> interruptedAfter = new AtomicReference<>();
    Future<?> run =
        threads.submit(
            () -> {
              try {
                return index.sync(bench.source);
              } finally {
                interruptedAfter.set(Thread.currentThread().isInterrupted());
              }
            });
    assertThat(bench.embedder.waiting.tryAcquire(1, 30, TimeUnit.SECONDS)).isTrue();
    Future<?> put = threads.submit(() -> index.put(bench.document("d000"), 1));
    Future<?> close = threads.submit(index::close);
    Thread.sleep(200);
    boolean closedEarly = close.isDone();
    closing.countDown();
    close.get();

    SyncReport report = cancelled(run).report();
    assertThat(closedEarly).isFalse();
    assertThat(report.added()).isPositive().isEqualTo(bench.index().status().documents());
    assertThat(interruptedAfter.get()).as("the interrupt was for the run alone").isFalse();
    assertThatThrownBy(put::get).hasCauseInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> index.sync(bench.source))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void listener_cannot_close_the_index_it_is_told_about() {
    fill(1);
    RagIndex index = bench.index();

    assertThatThrownBy(
            () ->
                index.sync(
                    bench.source,
                    SyncOptions.DEFAULT.listener(
                        progress -> {
                          if (progress.done() == 0) {
                            index.close();
                          }
                        })))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("cannot close");
  }

  @Test
  void listing_that_fails_because_it_was_interrupted_is_cancelled_not_failed() {
    fill(3);
    bench.source.atEnd =
        () -> {
          Thread.currentThread().interrupt();
          throw new IllegalStateException("closed by interrupt");
        };

    assertThatThrownBy(bench::sync).isInstanceOf(SyncCancelledException.class);
    assertThat(Thread.interrupted()).isTrue();
    bench.source.atEnd = null;
  }

  @Test
  void failing_embedder_is_reported_even_if_the_run_is_cancelled_as_well() throws Exception {
    fill(30);
    bench.embedder.failAfter = 0;
    bench.source.atEnd = () -> Thread.currentThread().interrupt();

    assertThatThrownBy(bench::sync).hasMessageContaining("counting");
    Thread.interrupted();
    bench.source.atEnd = null;
  }

  @Test
  void waiting_for_another_thread_can_be_interrupted() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    fill(1);
    bench.embedder.gate = go::await;
    RagIndex index = bench.index();
    Future<?> run = threads.submit(() -> index.sync(bench.source));
    assertThat(bench.embedder.waiting.tryAcquire(1, 30, TimeUnit.SECONDS)).isTrue();
    AtomicReference<Thread> waiter = new AtomicReference<>();
    CountDownLatch started = new CountDownLatch(1);
    Future<?> put =
        threads.submit(
            () -> {
              waiter.set(Thread.currentThread());
              started.countDown();
              return index.put(bench.document("d000"));
            });
    started.await();

    waiter.get().interrupt();

    assertThatThrownBy(put::get)
        .hasCauseInstanceOf(java.util.concurrent.CancellationException.class);
    go.countDown();
    run.get();
  }
}
