package dev.ragindex.core.embed;

import dev.ragindex.api.Embedder;
import dev.ragindex.api.Signature;
import dev.ragindex.api.TokenCounter;
import java.util.List;

/**
 * A deterministic embedder without a model: feature hashing of words and word pairs (Weinberger et
 * al. 2009) into 384 dimensions. <b>Not semantic</b>: texts are near only if they share words. For
 * tests and load runs. Thread-safe.
 */
public final class HashingEmbedder implements Embedder {

  private static final int DIMENSION = 384;
  private static final int TOKEN_LIMIT = 512;
  private static final Signature SIGNATURE =
      Signature.of("hashing", 1).with("dimension", DIMENSION);

  private final TokenCounter counter = new HashingCounter();

  private HashingEmbedder() {}

  /**
   * Makes the embedder.
   *
   * @return an embedder of dimension 384 that takes up to 512 of its own tokens
   */
  public static HashingEmbedder create() {
    return new HashingEmbedder();
  }

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public int dimension() {
    return DIMENSION;
  }

  @Override
  public TokenCounter tokenCounter() {
    return counter;
  }

  @Override
  public Limits limits() {
    return new Limits(
        TOKEN_LIMIT, 256, 256 * TOKEN_LIMIT, Runtime.getRuntime().availableProcessors());
  }

  @Override
  public List<float[]> embed(List<String> texts) {
    return texts.stream().map(this::embedQuery).toList();
  }

  @Override
  public float[] embedQuery(String text) {
    int tokens = counter.count(text);
    if (tokens > TOKEN_LIMIT) {
      throw new IllegalArgumentException(
          "a text of " + tokens + " tokens, the limit is " + TOKEN_LIMIT);
    }
    float[] vector = new float[DIMENSION];
    vector[0] = 0.25f; // so that a text without tokens has a direction too
    long[] previous = {0};
    HashingCounter.tokens(
        text,
        0,
        text.length(),
        (start, end) -> {
          long word = hash(text, start, end);
          add(vector, word, 1f);
          add(vector, previous[0] * 31 + word, 0.5f);
          previous[0] = word;
        });
    return normalised(vector);
  }

  private static void add(float[] vector, long feature, float weight) {
    long bits = mixed(feature);
    int slot = (int) Long.remainderUnsigned(bits >>> 1, DIMENSION);
    vector[slot] += (bits & 1) == 0 ? weight : -weight;
  }

  /** FNV-1a over lower-cased ASCII; other characters as they are. */
  private static long hash(CharSequence text, int start, int end) {
    long hash = 0xcbf29ce484222325L;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      hash = (hash ^ (c >= 'A' && c <= 'Z' ? c + 32 : c)) * 0x100000001b3L;
    }
    return hash;
  }

  /** The finaliser of SplitMix64. */
  private static long mixed(long value) {
    long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  private static float[] normalised(float[] vector) {
    double sum = 0;
    for (float x : vector) {
      sum += (double) x * x;
    }
    if (sum == 0) {
      vector[1] = 1; // features cancelled out exactly
      return vector;
    }
    float scale = (float) (1 / Math.sqrt(sum));
    for (int i = 0; i < vector.length; i++) {
      vector[i] *= scale;
    }
    return vector;
  }
}
