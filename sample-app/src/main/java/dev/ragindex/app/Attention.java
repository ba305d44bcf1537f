package dev.ragindex.app;

import dev.ragindex.core.SyncReport;
import java.util.List;

/** The part of a page that a person has to look at: what is not indexed, why, and how to go on. */
record Attention(SyncReport report) {

  private static final int MOST_FAILURES = 20;

  void write(Page page) {
    writeFailures(page);
    writeWithheld(page);
    if (report.suspect() > 0) {
      page.gap();
      page.line(
          "%,d documents lost nearly all their text. The old version stays; --accept KEY takes the"
              + " new one.",
          report.suspect());
    }
    if (report.deferred() > 0) {
      page.gap();
      page.line(
          "%,d documents wait for the next run, for the reasons given above.", report.deferred());
    }
  }

  private void writeFailures(Page page) {
    List<SyncReport.Failure> failures = report.failures();
    if (failures.isEmpty()) {
      return;
    }
    page.gap();
    page.line("Not indexed as they stand (%,d):", failures.size());
    for (SyncReport.Failure failure :
        failures.subList(0, Math.min(MOST_FAILURES, failures.size()))) {
      String where = failure.document().isEmpty() ? "(the whole folder)" : failure.document();
      page.line("  %s  [%s] %s", where, failure.stage().label(), failure.reason());
    }
    if (failures.size() > MOST_FAILURES) {
      page.line("  and %,d more: --json lists them all", failures.size() - MOST_FAILURES);
    }
    page.line(
        "Everything else is searchable. A file is tried again when it changes, or by --retry;"
            + " --exclude leaves it out.");
  }

  private void writeWithheld(Page page) {
    if (report.withheld() == 0) {
      return;
    }
    page.gap();
    page.line("%,d documents are gone from the folder but stay in the index,", report.withheld());
    page.line(
        "because so many at once may be a mistake. If it is none: --allow-deletes %d",
        report.withheld());
  }
}
