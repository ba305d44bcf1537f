package dev.ragindex.core.chunk;

/**
 * Arithmetic on vectors. Sums run in one fixed order, so equal vectors give equal results, to the
 * last bit, on any machine.
 */
final class Vectors {

  private Vectors() {}

  static double dot(float[] left, float[] right) {
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += (double) left[i] * right[i];
    }
    return sum;
  }

  static double dot(float[] left, double[] right) {
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += left[i] * right[i];
    }
    return sum;
  }

  /** Adds a vector times a factor to a sum. */
  static void add(float[] sum, float[] vector, double factor) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += (float) (vector[i] * factor);
    }
  }

  /** Adds a vector to a sum. */
  static void add(double[] sum, float[] vector) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += vector[i];
    }
  }
}
