package dev.ragindex.embedder.onnx;

import java.nio.FloatBuffer;

/** How a model's token vectors become the vector of the text. */
public enum Pooling {
  /** Their mean. */
  MEAN {
    @Override
    float[] pool(FloatBuffer tokenVectors, int dimension) {
      float[] sum = new float[dimension];
      float[] token = new float[dimension];
      int tokens = tokenVectors.remaining() / dimension;
      for (int t = 0; t < tokens; t++) {
        tokenVectors.get(token);
        for (int i = 0; i < dimension; i++) {
          sum[i] += token[i];
        }
      }
      for (int i = 0; i < dimension; i++) {
        sum[i] /= tokens;
      }
      return sum;
    }
  },

  /** The vector of the first token, {@code [CLS]}. */
  CLS {
    @Override
    float[] pool(FloatBuffer tokenVectors, int dimension) {
      float[] first = new float[dimension];
      tokenVectors.get(first);
      return first;
    }
  };

  /**
   * Pools token vectors, all of them attended to.
   *
   * @param tokenVectors one after the other, at least one
   * @param dimension length of each
   */
  abstract float[] pool(FloatBuffer tokenVectors, int dimension);
}
