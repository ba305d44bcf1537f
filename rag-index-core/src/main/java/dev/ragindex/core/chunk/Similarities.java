package dev.ragindex.core.chunk;

/** Vectors of the windows of a stretch, and how similar each is to those around it. */
final class Similarities {

  private final int first;
  private final float[][] vectors;
  private final double[] usual;

  private Similarities(int first, float[][] vectors, double[] usual) {
    this.first = first;
    this.vectors = vectors;
    this.usual = usual;
  }

  /** Reads the windows of a stretch; those nearby may lie outside of it. */
  static Similarities of(String text, UnitTable windows, WindowVectors vectors, int from, int to) {
    int first = Math.max(0, from - TopicBreaks.REACH);
    int end = Math.min(windows.size(), to + TopicBreaks.REACH);
    float[][] around = vectors.of(text, windows, first, end);
    float[][] within = new float[to - from][];
    double[] usual = new double[to - from];
    for (int i = from; i < to; i++) {
      within[i - from] = around[i - first];
      usual[i - from] = usual(around, i - first);
    }
    return new Similarities(from, within, usual);
  }

  private static double usual(float[][] vectors, int at) {
    int first = Math.max(0, at - TopicBreaks.REACH);
    int end = Math.min(vectors.length, at + TopicBreaks.REACH + 1);
    double sum = 0;
    for (int i = first; i < end; i++) {
      sum += i == at ? 0 : Vectors.dot(vectors[at], vectors[i]);
    }
    return end - first > 1 ? sum / (end - first - 1) : 0;
  }

  /** The vector of a window, of length 1. */
  float[] vector(int window) {
    return vectors[window - first];
  }

  /** Mean similarity of a window to those nearby, on either side. */
  double usual(int window) {
    return usual[window - first];
  }
}
