package dev.ragindex.benchmarks.sync;

import dev.ragindex.api.Embedder;
import dev.ragindex.api.Signature;
import dev.ragindex.api.TokenCounter;
import dev.ragindex.core.embed.HashingEmbedder;
import java.util.List;

/** The hashing embedder's vectors folded to a few numbers, where searching is not the point. */
final class FewDimensions implements Embedder {

  private static final int DIMENSION = 8;

  private final Embedder hashing = HashingEmbedder.create();

  @Override
  public Signature signature() {
    return Signature.of("folded hashing", 1).with("dimension", DIMENSION);
  }

  @Override
  public int dimension() {
    return DIMENSION;
  }

  @Override
  public TokenCounter tokenCounter() {
    return hashing.tokenCounter();
  }

  @Override
  public Limits limits() {
    return hashing.limits();
  }

  @Override
  public List<float[]> embed(List<String> texts) {
    return texts.stream().map(this::embedQuery).toList();
  }

  @Override
  public float[] embedQuery(String text) {
    float[] all = hashing.embedQuery(text);
    float[] folded = new float[DIMENSION];
    folded[0] = 0.01f; // never without direction
    for (int i = 0; i < all.length; i++) {
      folded[i % DIMENSION] += all[i];
    }
    return folded;
  }
}
