package dev.ragindex.benchmarks.chunking;

import dev.ragindex.core.chunk.Packing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What is found, by strategy, packing and size, and how sure the differences are. */
final class RetrievalFigure {

  private static final int SMALLEST = 16;
  private static final int LIMITS = 5;
  private static final int LIMIT_STEPS = 20;
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

  /** Measures the strategies that need no vectors: of usual and other sizes. */
  RetrievalFigure measure() {
    run(Variant.fixed(model, limit));
    packings("sentence");
    Packings recursive = packings("recursive");
    Packings structure = packings("structure");
    compareMeans(structure.stable, recursive.stable);
    compareMeans(structure.greedy, recursive.greedy);
    overLimits(recursive);
    Variant.sizes(model).forEach(this::run);
    return this;
  }

  private record Packings(Trial stable, Trial greedy, Trial equal) {}

  private Packings packings(String strategy) {
    Trial stable = run(Variant.of(strategy, Packing.STABLE, model, limit));
    Trial greedy = run(Variant.of(strategy, Packing.GREEDY, model, limit));
    Trial equal = run(greedyOfSize(strategy, stable));
    comparePackings(stable.title(), equal.title(), stable.result().recallLess(equal.result()));
    return new Packings(stable, greedy, equal);
  }

  /**
   * Compares the packings once more, each question by its mean over several limits: where a single
   * limit happens to put its cuts moves recall by more than the packings differ.
   */
  private void overLimits(Packings usual) {
    double[] differences = usual.stable.result().recallLess(usual.equal.result());
    for (int step = 1; step < LIMITS; step++) {
      int less = limit - step * limit / LIMIT_STEPS;
      Trial stable = run(Variant.of("recursive", Packing.STABLE, model, less));
      Trial equal = run(greedyOfSize("recursive", stable));
      double[] more = stable.result().recallLess(equal.result());
      Arrays.setAll(differences, i -> differences[i] + more[i]);
    }
    double[] means = Arrays.stream(differences).map(sum -> sum / LIMITS).toArray();
    comparePackings(
        "recursive stable, mean over " + LIMITS + " limits",
        "recursive greedy of the same sizes",
        means);
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

  private void comparePackings(String stable, String greedy, double[] differences) {
    compare(stable, greedy, differences, PairedBootstrap.lowerBound(differences) > STABLE_GOAL);
  }

  private void compareMeans(Trial one, Trial other) {
    compare(
        one.title(),
        other.title(),
        one.result().recallLess(other.result()),
        one.result().recall() >= other.result().recall());
  }

  private void compare(String one, String other, double[] differences, boolean met) {
    comparisons.row(
        one,
        other,
        Numbers.percent(Arrays.stream(differences).average().orElseThrow()),
        Numbers.percent(PairedBootstrap.lowerBound(differences)),
        Numbers.verdict(met));
  }
}
