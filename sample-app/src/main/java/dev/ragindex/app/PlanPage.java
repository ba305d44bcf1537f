package dev.ragindex.app;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ragindex.core.Change;
import dev.ragindex.core.Plan;
import dev.ragindex.core.SyncReport;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/** What a sync would do. */
record PlanPage(Plan plan) implements Report {

  private static final int MOST_CHANGES = 50;

  @Override
  public void json(JsonGenerator json) throws IOException {
    new SyncJson(plan.forecast(), json).write();
  }

  @Override
  public void page(Page page) {
    SyncReport forecast = plan.forecast();
    page.line("%s: %,d documents", forecast.source(), forecast.listed());
    page.line("  would be   %s", SyncPage.documents(forecast));
    page.line(
        "  tokens     %s%,d to embed",
        forecast.tokens().exact() ? "" : "about ", forecast.tokens().estimated());
    writeChanges(page);
    new Attention(forecast).write(page);
    page.gap();
    page.line("Nothing was written.");
  }

  private void writeChanges(Page page) {
    List<Change> changes =
        plan.changes().stream().sorted(Comparator.comparing(Change::document)).toList();
    if (!changes.isEmpty()) {
      page.gap();
    }
    for (Change change : changes.subList(0, Math.min(MOST_CHANGES, changes.size()))) {
      page.line(
          "  %-6s %s  (%s)",
          change.kind().label(), change.document().key(), SyncJson.reason(change));
    }
    if (changes.size() > MOST_CHANGES) {
      page.line("  and %,d more: --json lists them all", changes.size() - MOST_CHANGES);
    }
  }
}
