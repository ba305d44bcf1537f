package dev.ragindex.benchmarks.chunking;

import dev.ragindex.api.Embedder;
import dev.ragindex.api.Signature;
import dev.ragindex.api.TokenCounter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Embeds each text once, on all processors: variants have many chunks in common. Keeps all vectors.
 */
final class RememberingEmbedder implements Embedder {

  private static final int TEXTS_PER_CALL = 64;

  private final Embedder embedder;
  private final Map<String, float[]> vectors = new ConcurrentHashMap<>();

  RememberingEmbedder(Embedder embedder) {
    this.embedder = embedder;
  }

  @Override
  public Signature signature() {
    return embedder.signature();
  }

  @Override
  public int dimension() {
    return embedder.dimension();
  }

  @Override
  public TokenCounter tokenCounter() {
    return embedder.tokenCounter();
  }

  /** As many texts per call as keep all processors busy. */
  @Override
  public Limits limits() {
    int tokens = embedder.limits().tokensPerText();
    return new Limits(tokens, TEXTS_PER_CALL, TEXTS_PER_CALL * tokens, 1);
  }

  @Override
  public List<float[]> embed(List<String> texts) {
    return texts.parallelStream().map(this::vector).toList();
  }

  @Override
  public float[] embedQuery(String text) {
    return embedder.embedQuery(text);
  }

  private float[] vector(String text) {
    return vectors.computeIfAbsent(text, key -> embedder.embed(List.of(key)).getFirst());
  }
}
