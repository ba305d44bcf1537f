package dev.ragindex.app;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ragindex.core.Change;
import dev.ragindex.core.Plan;
import dev.ragindex.core.SyncReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a sync would do, for a person to approve.
 *
 * @param plan the plan
 * @param bill what it would cost
 * @param saved the file it was saved to, or null
 */
record PlanPage(Plan plan, Bill bill, @Nullable Path saved) implements Report {

  private static final int MOST_IN_GROUP = 12;

  /** Changes that are told together: of one kind, for one reason. */
  private record Group(Change.Kind kind, Change.Reason reason) implements Comparable<Group> {
    @Override
    public int compareTo(Group other) {
      return Comparator.comparing(Group::kind).thenComparing(Group::reason).compare(this, other);
    }
  }

  @Override
  public void json(JsonGenerator json) throws IOException {
    new SyncJson(plan.forecast(), bill, json).write();
  }

  @Override
  public void page(Page page) {
    SyncReport forecast = plan.forecast();
    page.line("%s: %,d documents", forecast.source(), forecast.listed());
    page.line("  would be   %s", SyncPage.documents(forecast));
    writeCost(page);
    writeCeiling(page);
    plan.steps().stream()
        .collect(Collectors.groupingBy(PlanPage::group, TreeMap::new, Collectors.toList()))
        .forEach((group, steps) -> write(page, group, steps));
    new Attention(forecast).write(page);
    page.gap();
    page.line("%s", next());
  }

  private void writeCost(Page page) {
    SyncReport forecast = plan.forecast();
    if (forecast.tokens().exact()) {
      page.line("  chunks     %s", SyncPage.chunks(forecast));
      page.line(
          "  tokens     %,d to embed%s", forecast.tokens().estimated(), bill.inWords(forecast));
    } else {
      page.line(
          "  tokens     about %,d to embed, by the sizes of the files%s",
          forecast.tokens().estimated(), bill.inWords(forecast));
    }
  }

  private void writeCeiling(Page page) {
    Long ceiling = plan.basis().maxEmbeddedTokens();
    if (ceiling != null && ceiling < plan.forecast().tokens().estimated()) {
      page.line(
          "             over the ceiling of %,d: what does not fit waits for the next run",
          ceiling);
    }
  }

  private static Group group(Plan.Step step) {
    return new Group(step.change().kind(), step.change().reason());
  }

  private void write(Page page, Group group, List<Plan.Step> steps) {
    page.gap();
    page.line(
        "%s %,d: %s%s",
        group.kind().label(), steps.size(), group.reason().label(), withheld(group));
    for (Plan.Step step : steps.subList(0, Math.min(MOST_IN_GROUP, steps.size()))) {
      page.line("  %s%s%s", step.change().document().key(), from(step), cost(step));
    }
    if (steps.size() > MOST_IN_GROUP) {
      page.line("  and %,d more: --json lists them all", steps.size() - MOST_IN_GROUP);
    }
  }

  private String withheld(Group group) {
    return group.kind() == Change.Kind.DELETE && plan.withheld() != null
        ? "; WITHHELD: " + plan.withheld().label()
        : "";
  }

  private static String from(Plan.Step step) {
    return step.change().from() == null ? "" : "  from " + step.change().from().key();
  }

  private String cost(Plan.Step step) {
    if (step.tokens() == 0) {
      return "";
    }
    String about = plan.forecast().tokens().exact() ? "" : "about ";
    return String.format(
        Locale.ROOT, "  (%s%,d %s)", about, step.tokens(), step.tokens() == 1 ? "token" : "tokens");
  }

  private String next() {
    if (plan.steps().isEmpty()) {
      return "Nothing to do.";
    }
    if (saved != null) {
      return "The index is as it was. To do exactly this: rag-index apply " + saved;
    }
    return plan.withheld() == null
        ? "Nothing was written. 'sync' does it, --out FILE saves it for 'apply FILE'."
        : "Nothing was written. 'sync' does all but what is withheld, 'apply' of a saved plan"
            + " (--out FILE) all of it.";
  }
}
