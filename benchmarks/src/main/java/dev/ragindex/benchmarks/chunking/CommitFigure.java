package dev.ragindex.benchmarks.chunking;

import dev.ragindex.api.TokenCounter;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which share of a document's tokens a real commit makes a sync embed. */
final class CommitFigure {

  static final double GOAL = 2.0 / 3;

  private final List<EditPair> edits;

  CommitFigure(List<EditPair> edits) {
    this.edits = edits;
  }

  /**
   * What all commits together cost.
   *
   * @param embedded tokens sent that were not sent before
   * @param tokens tokens of the documents after
   * @param chunks chunks sent that were not sent before
   */
  record Cost(long embedded, long tokens, long chunks) {

    static final Cost NONE = new Cost(0, 0, 0);

    Cost plus(Cost other) {
      return new Cost(embedded + other.embedded, tokens + other.tokens, chunks + other.chunks);
    }

    double share() {
      return (double) embedded / tokens;
    }
  }

  /** Rows with context on and off for each variant of one model. */
  MarkdownTable table(List<Variant> variants, Variant greedy) {
    MarkdownTable table =
        new MarkdownTable(
            "strategy",
            "packing",
            "limit",
            "context",
            "tokens re-embedded, %",
            "chunks per commit",
            "ratio to recursive greedy",
            "goal");
    for (boolean context : new boolean[] {true, false}) {
      SentText sent = new SentText(context);
      double compared = cost(greedy, sent).share();
      for (Variant variant : variants) {
        Cost cost = cost(variant, sent);
        double ratio = cost.share() / compared;
        table.row(
            variant.strategy(),
            variant.packing(),
            variant.limit(),
            context ? "on" : "off",
            Numbers.percent(cost.share()),
            Numbers.oneDigit((double) cost.chunks() / edits.size()),
            Numbers.twoDigits(ratio),
            variant.isStable() ? Numbers.verdict(ratio <= GOAL) : "");
      }
    }
    return table;
  }

  /** Cost of all commits. */
  Cost cost(Variant variant, SentText sent) {
    return edits.parallelStream()
        .map(edit -> cost(edit, variant, sent))
        .reduce(Cost.NONE, Cost::plus);
  }

  private static Cost cost(EditPair edit, Variant variant, SentText sent) {
    Set<String> after = sent.of(variant, edit.after());
    Set<String> added = new HashSet<>(after);
    added.removeAll(sent.of(variant, edit.before()));
    TokenCounter counter = variant.model().counter();
    return new Cost(tokens(added, counter), tokens(after, counter), added.size());
  }

  private static long tokens(Collection<String> texts, TokenCounter counter) {
    return texts.stream().mapToLong(counter::count).sum();
  }
}
