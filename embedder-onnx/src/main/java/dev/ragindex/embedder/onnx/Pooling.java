package dev.ragindex.embedder.onnx;

import java.util.Arrays;

/** How a model's token vectors become the vector of the text. */
enum Pooling {
  /** Their mean. */
  MEAN {
    @Override
    float[] pool(float[] tokenVectors, int dimension) {
      float[] sum = new float[dimension];
      for (int token = 0; token < tokenVectors.length; token += dimension) {
        for (int i = 0; i < dimension; i++) {
          sum[i] += tokenVectors[token + i];
        }
      }
      int tokens = tokenVectors.length / dimension;
      for (int i = 0; i < dimension; i++) {
        sum[i] /= tokens;
      }
      return sum;
    }
  },

  /** The vector of the first token, {@code [CLS]}. */
  CLS {
    @Override
    float[] pool(float[] tokenVectors, int dimension) {
      return Arrays.copyOf(tokenVectors, dimension);
    }
  };

  /**
   * Pools token vectors, all of them attended to.
   *
   * @param tokenVectors one after the other, at least one
   * @param dimension length of each
   */
  abstract float[] pool(float[] tokenVectors, int dimension);
}
