package dev.ragindex.core.chunk;

import java.util.BitSet;

/**
 * The best division of one stretch of windows into chunks, by dynamic programming over its
 * boundaries: for each end all starts within the limit are tried, the sum of the windows between
 * being carried along. Time is O(windows × windows in a chunk × dimension).
 *
 * <p>Better is, first, to have no chunk below the minimum; then, to have no remainder at the end of
 * the stretch below it; then, to cross fewer headings; then, the larger similarity; then, the
 * larger last chunk.
 */
final class Clustering {

  private static final long SHORT = 1L << 48;
  private static final long REMAINDER = 1L << 24;
  private static final long HEADING = 1;

  private final UnitTable windows;
  private final Similarities similarities;
  private final ChunkLimits limits;
  private final int from;
  private final int to;

  /** For each boundary of the stretch, of the best division up to it: faults, similarity, start. */
  private final long[] faults;

  private final double[] similarity;
  private final int[] start;

  /** Divides the windows from one boundary to another. */
  Clustering(UnitTable windows, Similarities similarities, ChunkLimits limits, int from, int to) {
    this.windows = windows;
    this.similarities = similarities;
    this.limits = limits;
    this.from = from;
    this.to = to;
    this.faults = new long[to - from + 1];
    this.similarity = new double[to - from + 1];
    this.start = new int[to - from + 1];
    for (int end = from + 1; end <= to; end++) {
      divideUpTo(end);
    }
  }

  /**
   * Writes the boundaries at which chunks end; a remainder that is too small is left to the next
   * stretch.
   *
   * @return boundary at which the next stretch starts
   */
  int writeTo(BitSet ends) {
    int last = windows.weight(start[to - from], to) < limits.minTokens() ? start[to - from] : to;
    for (int end = last; end > from; end = start[end - from]) {
      ends.set(end);
    }
    return last;
  }

  private void divideUpTo(int end) {
    faults[end - from] = Long.MAX_VALUE;
    double[] sum = new double[similarities.vector(from).length];
    double usual = 0;
    double within = 0;
    long crossed = 0;
    for (int first = end - 1; first >= from && fits(first, end); first--) {
      float[] vector = similarities.vector(first);
      int others = end - first - 1;
      within += Vectors.dot(vector, sum) - (others * similarities.usual(first) + usual) / 2;
      Vectors.add(sum, vector);
      usual += similarities.usual(first);
      offer(first, end, crossed + fault(first, end), within);
      crossed += windows.level(first) > Level.END ? HEADING : 0;
    }
  }

  private boolean fits(int first, int end) {
    return first == end - 1 || windows.weight(first, end) <= limits.coreTokens();
  }

  private long fault(int first, int end) {
    if (windows.weight(first, end) >= limits.minTokens()) {
      return 0;
    }
    return end == to ? REMAINDER : SHORT;
  }

  private void offer(int first, int end, long fault, double within) {
    long allFaults = faults[first - from] + fault;
    double all = similarity[first - from] + within;
    int order = Long.compare(allFaults, faults[end - from]);
    if (order < 0 || (order == 0 && all >= similarity[end - from])) {
      faults[end - from] = allFaults;
      similarity[end - from] = all;
      start[end - from] = first;
    }
  }
}
