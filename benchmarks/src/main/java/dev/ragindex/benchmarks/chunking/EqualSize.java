package dev.ragindex.benchmarks.chunking;

import dev.ragindex.api.Document;
import java.util.List;
import java.util.function.IntFunction;

/** Finds the limit at which a variant's chunks are as large on average as wanted. */
final class EqualSize {

  private EqualSize() {}

  /**
   * Halves the range of limits; of the last two the one with the nearer mean.
   *
   * @param byLimit makes the variant for a limit; greater limits give larger chunks
   * @param least a limit that gives too small chunks
   * @param most a limit that gives large enough ones
   * @param wanted mean tokens wanted
   */
  static Variant of(
      IntFunction<Variant> byLimit, int least, int most, List<Document> documents, double wanted) {
    int low = least;
    int high = most;
    while (high - low > 1) {
      int middle = (low + high) / 2;
      if (byLimit.apply(middle).meanTokens(documents) < wanted) {
        low = middle;
      } else {
        high = middle;
      }
    }
    double below = wanted - byLimit.apply(low).meanTokens(documents);
    double above = byLimit.apply(high).meanTokens(documents) - wanted;
    return byLimit.apply(Math.abs(below) < Math.abs(above) ? low : high);
  }
}
