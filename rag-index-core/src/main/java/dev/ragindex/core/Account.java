package dev.ragindex.core;

import dev.ragindex.api.Stage;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What a run tells of itself. Thread-safe.
 *
 * @param tally what became of each document
 * @param progress how far it is
 * @param times how long its stages took
 */
record Account(Tally tally, Progress progress, StageTimes times) {

  /** The account of a run that begins. */
  static Account of(SyncOptions options) {
    return new Account(new Tally(), new Progress(options.listener()), new StageTimes());
  }

  /** A document was listed, or looked up. */
  void listed() {
    tally.listed();
    progress.listed();
  }

  /** Takes the time that asking the source takes. */
  <T> T listing(Supplier<T> question) {
    return times.in(Stage.LIST, question);
  }

  /**
   * The report, once all is done.
   *
   * @param exact whether tokens are counted, not estimated
   * @param start when the run began, in nanoseconds
   */
  SyncReport report(String source, long excluded, long uncovered, boolean exact, long start) {
    Duration total = Duration.ofNanos(System.nanoTime() - start);
    return tally.report(source, excluded, uncovered, exact, total, times.durations());
  }
}
