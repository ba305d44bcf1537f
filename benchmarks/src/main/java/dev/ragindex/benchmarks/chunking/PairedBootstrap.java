package dev.ragindex.benchmarks.chunking;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;

/**
 * How sure a mean difference is: the questions are drawn anew with replacement, many times, both
 * sides of the comparison together (Efron, percentile method).
 */
final class PairedBootstrap {

  private static final int RESAMPLES = 10_000;
  private static final double LEFT_OUT = 0.05;
  private static final long SEED = 20_240_607;

  private PairedBootstrap() {}

  /** Bound above which the true mean lies with 95 % confidence, one-sided. */
  static double lowerBound(double[] differences) {
    Random random = new Random(SEED);
    double[] means =
        DoubleStream.generate(() -> resampledMean(differences, random)).limit(RESAMPLES).toArray();
    Arrays.sort(means);
    return means[(int) (LEFT_OUT * RESAMPLES)];
  }

  private static double resampledMean(double[] differences, Random random) {
    double sum = 0;
    for (int i = 0; i < differences.length; i++) {
      sum += differences[random.nextInt(differences.length)];
    }
    return sum / differences.length;
  }
}
