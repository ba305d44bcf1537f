package dev.ragindex.benchmarks.pgvector;

import java.util.Arrays;
import java.util.Locale;

/**
 * A line of the table.
 *
 * @param figure what is measured
 * @param goal what it should be
 * @param here what it is
 */
record Row(String figure, String goal, String here) {

  /** The median. */
  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** How many times as long one takes as another: median, and from least to most, of all rounds. */
  static String ratio(double[] one, double[] other) {
    double[] ratios = new double[one.length];
    Arrays.setAll(ratios, round -> one[round] / other[round]);
    Arrays.sort(ratios);
    return String.format(
        Locale.ROOT, "%.2f× (%.2f to %.2f)", median(ratios), ratios[0], ratios[ratios.length - 1]);
  }
}
