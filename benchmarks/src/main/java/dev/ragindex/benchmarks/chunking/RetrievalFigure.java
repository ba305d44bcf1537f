package dev.ragindex.benchmarks.chunking;

import dev.ragindex.core.chunk.Packing;
import java.util.ArrayList;
import java.util.List;

/** What is found, by strategy, packing and size, and how sure the differences are. */
final class RetrievalFigure {

  private static final int SMALLEST = 16;
  static final double STABLE_GOAL = -0.03;

  private final Retrieval retrieval;
  private final Model model;
  private final int limit;
  private final List<Trial> trials = new ArrayList<>();
  private final MarkdownTable comparisons =
      new MarkdownTable("recall of", "less that of", "points", "95 % lower bound", "goal");

  RetrievalFigure(Retrieval retrieval, Model model) {
    this.retrieval = retrieval;
    this.model = model;
    this.limit = model.limits().maxTokens();
  }

  /** Measures the strategies that need no vectors: usual and smaller ones. */
  RetrievalFigure measure() {
    run(Variant.fixed(model, limit));
    packings("sentence");
    Packings recursive = packings("recursive");
    Packings structure = packings("structure");
    compareMeans(structure.stable, recursive.stable);
    compareMeans(structure.greedy, recursive.greedy);
    Variant.smaller(model).forEach(this::run);
    return this;
  }

  private record Packings(Trial stable, Trial greedy) {}

  private Packings packings(String strategy) {
    Trial stable = run(Variant.of(strategy, Packing.STABLE, model, limit));
    Trial greedy = run(Variant.of(strategy, Packing.GREEDY, model, limit));
    Trial equal = run(greedyOfSize(strategy, stable));
    compare(stable, equal, bound(stable, equal) > STABLE_GOAL);
    return new Packings(stable, greedy);
  }

  /** Measures another variant, and compares it with recursive chunks of its size. */
  void measure(Variant variant) {
    Trial trial = run(variant);
    compareMeans(trial, run(greedyOfSize("recursive", trial)));
  }

  /** A row for each variant. */
  MarkdownTable table() {
    MarkdownTable table =
        new MarkdownTable(
            "strategy",
            "packing",
            "limit",
            "chunks",
            "mean tokens",
            "recall",
            "precision",
            "IoU",
            "precisionΩ");
    for (Trial trial : trials) {
      table.row(
          trial.variant().strategy(),
          trial.variant().packing(),
          trial.variant().limits().maxTokens(),
          trial.result().chunks(),
          Numbers.oneDigit(trial.result().meanTokens()),
          Numbers.percent(trial.result().recall()),
          Numbers.percent(trial.result().precision()),
          Numbers.percent(trial.result().iou()),
          Numbers.percent(trial.result().omega()));
    }
    return table;
  }

  /** A row for each comparison. */
  MarkdownTable comparisons() {
    return comparisons;
  }

  private Trial run(Variant variant) {
    Trial trial = new Trial(variant, retrieval.of(variant));
    trials.add(trial);
    return trial;
  }

  private Variant greedyOfSize(String strategy, Trial trial) {
    return EqualSize.of(
        max -> Variant.of(strategy, Packing.GREEDY, model, max),
        SMALLEST,
        limit,
        retrieval.documents(),
        trial.result().meanTokens());
  }

  private void compareMeans(Trial one, Trial other) {
    compare(one, other, one.result().recall() >= other.result().recall());
  }

  private void compare(Trial one, Trial other, boolean met) {
    comparisons.row(
        one.title(),
        other.title(),
        Numbers.percent(one.result().recall() - other.result().recall()),
        Numbers.percent(bound(one, other)),
        Numbers.verdict(met));
  }

  private static double bound(Trial one, Trial other) {
    return PairedBootstrap.lowerBound(one.result().recallLess(other.result()));
  }
}
