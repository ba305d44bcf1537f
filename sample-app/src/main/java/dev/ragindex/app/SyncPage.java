package dev.ragindex.app;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ragindex.core.SyncCancelledException;
import dev.ragindex.core.SyncReport;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * What a sync did.
 *
 * @param report what it did
 * @param bill what that cost
 */
record SyncPage(SyncReport report, Bill bill) implements Report {

  private static final double TOO_SHORT_FOR_A_RATE = 0.1;

  /** Runs something and shows what it did, also if it was cancelled on the way. */
  static ExitCode show(Supplier<SyncReport> run, Bill bill, Terminal terminal, boolean json) {
    try {
      SyncReport report = run.get();
      terminal.show(new SyncPage(report, bill), json);
      return report.clean() ? ExitCode.DONE : ExitCode.INCOMPLETE;
    } catch (SyncCancelledException cancelled) {
      terminal.show(new SyncPage(cancelled.report(), bill), json);
      terminal.err().println("rag-index: " + cancelled.getMessage());
      return ExitCode.CANCELLED;
    }
  }

  @Override
  public void json(JsonGenerator json) throws IOException {
    new SyncJson(report, bill, json).write();
  }

  @Override
  public void page(Page page) {
    page.line("%s: %,d documents, %.1f s", report.source(), report.listed(), seconds());
    page.line("  documents  %s", documents(report));
    page.line("  chunks     %s", chunks(report));
    writeTokens(page);
    if (report.excluded() > 0) {
      page.line("  left out   %,d (hidden or excluded files and folders)", report.excluded());
    }
    new Attention(report).write(page);
  }

  /** How many documents changed in which way. */
  static Counts documents(SyncReport report) {
    return new Counts()
        .add(report.added(), "added")
        .add(report.updated(), "updated")
        .add(report.patched(), "patched")
        .add(report.moved(), "moved")
        .add(report.deleted(), "deleted")
        .always(report.unchanged(), "unchanged");
  }

  /** What happened to chunks. */
  static Counts chunks(SyncReport report) {
    return new Counts()
        .always(report.chunks().embedded(), "embedded")
        .add(report.chunks().reused(), "reused")
        .add(report.chunks().removed(), "removed")
        .always(report.chunks().total(), "in all");
  }

  private void writeTokens(Page page) {
    long tokens = report.tokens().embedded();
    if (tokens > 0 && seconds() > TOO_SHORT_FOR_A_RATE) {
      page.line(
          "  tokens     %,d embedded, %,.0f a second%s",
          tokens, tokens / seconds(), bill.inWords(report));
    } else if (tokens > 0) {
      page.line("  tokens     %,d embedded%s", tokens, bill.inWords(report));
    }
  }

  private double seconds() {
    return report.total().toMillis() / 1000.0;
  }
}
