package dev.ragindex.benchmarks.embed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets contenders embed the same texts in turn, round after round, so that whatever else goes on on
 * the machine slows all of them. Each round begins with another one; the first round is not
 * counted.
 */
final class Race {

  /** Standard deviations around the middle that hold 95 % of a normal distribution. */
  private static final double Z = 1.96;

  private final int tokens;
  private final Map<Contender, double[]> seconds = new LinkedHashMap<>();

  private Race(int tokens) {
    this.tokens = tokens;
  }

  /**
   * Runs a race.
   *
   * @param contenders who takes part
   * @param rounds how many are counted
   * @param tokens tokens of all texts together
   */
  static Race run(List<Contender> contenders, int rounds, int tokens) {
    Race race = new Race(tokens);
    contenders.forEach(contender -> race.seconds.put(contender, new double[rounds]));
    for (int round = -1; round < rounds; round++) {
      for (int i = 0; i < contenders.size(); i++) {
        Contender contender = contenders.get(Math.floorMod(round + i, contenders.size()));
        double taken = seconds(contender);
        if (round >= 0) {
          race.of(contender)[round] = taken;
        }
      }
    }
    return race;
  }

  /** Tokens a second in the median round. */
  double median(Contender contender) {
    return tokens / median(of(contender));
  }

  /** Tokens a second in the slowest and in the fastest round. */
  double[] range(Contender contender) {
    double[] sorted = of(contender).clone();
    Arrays.sort(sorted);
    return new double[] {tokens / sorted[sorted.length - 1], tokens / sorted[0]};
  }

  /** How many times as fast one is as another, in the median round. */
  double ratio(Contender one, Contender other) {
    return median(ratios(one, other));
  }

  /**
   * Bounds between which that ratio lies with a confidence of 95 %, from the ranks of the rounds'
   * ratios: half of them are above the true median, give or take chance.
   */
  double[] bounds(Contender one, Contender other) {
    double[] sorted = ratios(one, other);
    Arrays.sort(sorted);
    int rank = Math.max(0, (int) ((sorted.length - Z * Math.sqrt(sorted.length)) / 2));
    return new double[] {sorted[rank], sorted[sorted.length - 1 - rank]};
  }

  private double[] ratios(Contender one, Contender other) {
    double[] ratios = new double[of(one).length];
    Arrays.setAll(ratios, round -> of(other)[round] / of(one)[round]);
    return ratios;
  }

  /** The one that is fastest in the median round. */
  Contender fastest(List<Contender> among) {
    List<Contender> sorted = new ArrayList<>(among);
    sorted.sort((a, b) -> Double.compare(median(b), median(a)));
    return sorted.getFirst();
  }

  private double[] of(Contender contender) {
    double[] taken = seconds.get(contender);
    if (taken == null) {
      throw new IllegalArgumentException(contender.name() + " is not in the race");
    }
    return taken;
  }

  private static double seconds(Contender contender) {
    long start = System.nanoTime();
    contender.embedAll().run();
    return (System.nanoTime() - start) / 1e9;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
