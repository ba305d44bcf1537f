package dev.ragindex.benchmarks.chunking;

import dev.ragindex.api.Embedder;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Vectors by text, so that what several variants have in common is embedded once. */
final class VectorCache {

  private final Embedder embedder;
  private final Map<String, float[]> vectors = new ConcurrentHashMap<>();

  /** Caches for an embedder whose vectors have length 1. */
  VectorCache(Embedder embedder) {
    this.embedder = embedder;
  }

  /** Vectors of texts, computed on all processors. */
  List<float[]> of(Collection<String> texts) {
    return texts.parallelStream().map(this::of).toList();
  }

  /** Vector of a question. */
  float[] ofQuery(String question) {
    return embedder.embedQuery(question);
  }

  private float[] of(String text) {
    return vectors.computeIfAbsent(text, key -> embedder.embed(List.of(key)).getFirst());
  }
}
