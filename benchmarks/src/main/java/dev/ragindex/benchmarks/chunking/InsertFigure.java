package dev.ragindex.benchmarks.chunking;

import dev.ragindex.api.Document;
import dev.ragindex.api.DocumentParser;
import java.util.Arrays;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** How many chunks one inserted sentence makes a sync embed. */
final class InsertFigure {

  static final double GOAL_MEAN = 1.5;
  static final int GOAL_99 = 4;

  private final List<Insert> inserts;
  private final List<Document> after;
  private final SentText sent = new SentText(true);

  /** Carries the inserts out. */
  InsertFigure(List<Insert> inserts, DocumentParser parser) {
    this.inserts = inserts;
    this.after = inserts.parallelStream().map(insert -> insert.apply(parser)).toList();
  }

  /** A row for each variant. */
  MarkdownTable table(List<Variant> variants) {
    MarkdownTable table =
        new MarkdownTable(
            "strategy", "packing", "limit", "mean", "99th percentile", "maximum", "goal");
    for (Variant variant : variants) {
      int[] embedded = embedded(variant);
      Arrays.sort(embedded);
      double mean = Arrays.stream(embedded).average().orElseThrow();
      int percentile = embedded[(int) Math.ceil(0.99 * embedded.length) - 1];
      boolean met = mean <= GOAL_MEAN && percentile <= GOAL_99;
      table.row(
          variant.strategy(),
          variant.packing(),
          variant.limit(),
          Numbers.twoDigits(mean),
          percentile,
          embedded[embedded.length - 1],
          variant.isStable() ? Numbers.verdict(met) : "");
    }
    return table;
  }

  /** Texts to embed after each insert that were not there before it. */
  int[] embedded(Variant variant) {
    IdentityHashMap<Document, Set<String>> known = new IdentityHashMap<>();
    List<Set<String>> before =
        inserts.stream()
            .map(Insert::document)
            .map(document -> known.computeIfAbsent(document, key -> sent.of(variant, key)))
            .toList();
    return IntStream.range(0, inserts.size())
        .parallel()
        .map(i -> added(before.get(i), sent.of(variant, after.get(i))))
        .toArray();
  }

  private static int added(Set<String> before, Set<String> after) {
    Set<String> added = new HashSet<>(after);
    added.removeAll(before);
    return added.size();
  }
}
