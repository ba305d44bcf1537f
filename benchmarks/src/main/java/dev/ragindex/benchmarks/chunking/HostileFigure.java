package dev.ragindex.benchmarks.chunking;

import dev.ragindex.api.Document;
import java.util.ArrayList;
import java.util.List;

/** Whether twice as much hostile text takes about twice as long. */
final class HostileFigure {

  private static final double NANOS = 1e9;

  /** Twice as long, with room for what else runs on the machine. */
  static final double GOAL = 3;

  private final int characters;

  /** Measures texts of so many characters, and of half as many. */
  HostileFigure(int characters) {
    this.characters = characters;
  }

  /** A row for each shape and variant. */
  MarkdownTable table(List<Variant> variants) {
    MarkdownTable table =
        new MarkdownTable(
            "shape",
            "strategy",
            "limit",
            "s for " + characters / 2,
            "s for " + characters,
            "ratio",
            "goal");
    for (HostileShape shape : HostileShape.values()) {
      Document half = shape.document(characters / 2);
      Document whole = shape.document(characters);
      variants.forEach(variant -> table.row(row(shape, variant, half, whole)));
    }
    return table;
  }

  private static Object[] row(HostileShape shape, Variant variant, Document half, Document whole) {
    double first = seconds(variant, half);
    double second = seconds(variant, whole);
    List<Object> cells = new ArrayList<>();
    cells.add(shape.title());
    cells.add(variant.strategy() + " " + variant.packing());
    cells.add(variant.limit());
    cells.add(Numbers.twoDigits(first));
    cells.add(Numbers.twoDigits(second));
    cells.add(Numbers.oneDigit(second / first));
    cells.add(Numbers.verdict(second <= GOAL * first));
    return cells.toArray();
  }

  private static double seconds(Variant variant, Document document) {
    long start = System.nanoTime();
    variant.cut(document);
    return (System.nanoTime() - start) / NANOS;
  }
}
