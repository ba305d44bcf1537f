package dev.ragindex.core;

import dev.ragindex.api.IndexingException;
import dev.ragindex.api.IndexingException.Kind;
import dev.ragindex.api.Stage;

/** Vectors as stores keep them: checked, and of length 1. */
final class UnitVectors {

  private UnitVectors() {}

  /**
   * A vector scaled to length 1.
   *
   * @throws IndexingException if it has another dimension, holds NaN or infinity, or is zero
   */
  static float[] unit(float[] vector, int dimension) {
    if (vector.length != dimension) {
      throw wrong("has " + vector.length + " dimensions, the model says " + dimension);
    }
    double squares = 0;
    for (float x : vector) {
      squares += (double) x * x;
    }
    if (!Double.isFinite(squares) || squares == 0) {
      throw wrong("is " + (squares == 0 ? "zero" : "not finite"));
    }
    float scale = (float) (1 / Math.sqrt(squares));
    float[] unit = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      unit[i] = vector[i] * scale;
    }
    return unit;
  }

  private static IndexingException wrong(String how) {
    return new IndexingException(
        Stage.EMBED, Kind.INFRASTRUCTURE, "a vector that the embedder gave " + how);
  }
}
