package dev.ragindex.benchmarks.sync;

import dev.ragindex.api.Embedder;
import dev.ragindex.api.Signature;
import dev.ragindex.api.TokenCounter;
import java.util.Arrays;
import java.util.List;

/**
 * Another embedder's limits and tokenizer, so that documents are cut as for it, with vectors that
 * cost nothing: what a run then takes is everything but embedding.
 */
final class FreeVectors implements Embedder {

  private final Embedder model;

  FreeVectors(Embedder model) {
    this.model = model;
  }

  @Override
  public Signature signature() {
    return Signature.of("free", 1).with("dimension", dimension());
  }

  @Override
  public int dimension() {
    return model.dimension();
  }

  @Override
  public TokenCounter tokenCounter() {
    return model.tokenCounter();
  }

  @Override
  public Limits limits() {
    return model.limits();
  }

  @Override
  public List<float[]> embed(List<String> texts) {
    return texts.stream().map(this::embedQuery).toList();
  }

  /** Spread by the text's hash: a search among equal vectors would cost the store more. */
  @Override
  public float[] embedQuery(String text) {
    float[] vector = new float[dimension()];
    Arrays.fill(vector, 0.01f);
    vector[Math.floorMod(text.hashCode(), vector.length)] = 1;
    return vector;
  }
}
