package dev.ragindex.core;

import java.util.concurrent.CancellationException;

/**
 * A run was cancelled: by an interrupt of its thread, or because its index was closed. What was
 * finished is committed, nothing was deleted, the store is free; the next run goes on from there.
 */
public final class SyncCancelledException extends CancellationException {

  private static final long serialVersionUID = 1L;

  /** What the run did until then. */
  private final transient SyncReport report;

  SyncCancelledException(SyncReport report) {
    super(
        "cancelled: what was finished is committed, %,d of %,d documents listed are left for the"
                .formatted(report.deferred(), report.listed())
            + " next run, nothing was deleted");
    this.report = report;
  }

  /**
   * What the run did until then. Documents that were listed but not finished count as deferred.
   *
   * @return the report
   */
  public SyncReport report() {
    return report;
  }
}
