package dev.ragindex.core.chunk;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ragindex.api.Embedder;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.IndexingException.Kind;
import dev.ragindex.api.Stage;
import dev.ragindex.core.chunk.EmbeddingChunker.Calls;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Vectors of windows, of length 1. A text is embedded once as long as the cache holds it; two
 * documents cut at the same moment may both pay for a text they share. Thread-safe.
 */
final class WindowVectors {

  private static final long CACHE_BYTES = 64L << 20;

  /** No character needs more tokens than this. */
  private static final int SMALLEST_LIMIT = 8;

  private final Embedder embedder;
  private final Calls calls;
  private final Cache<Fingerprint, float[]> cache;

  /**
   * Vectors of an embedder.
   *
   * @throws IllegalArgumentException if it takes next to nothing
   */
  WindowVectors(Embedder embedder) {
    if (embedder.limits().tokensPerText() < SMALLEST_LIMIT) {
      throw new IllegalArgumentException(
          "an embedder that takes %d tokens, at least %d are needed"
              .formatted(embedder.limits().tokensPerText(), SMALLEST_LIMIT));
    }
    this.embedder = embedder;
    this.calls = this::inCalls;
    this.cache =
        Caffeine.newBuilder()
            .maximumWeight(CACHE_BYTES)
            .<Fingerprint, float[]>weigher((key, vector) -> Fingerprint.BYTES + 4 * vector.length)
            .build();
  }

  private WindowVectors(WindowVectors other, Calls calls) {
    this.embedder = other.embedder;
    this.calls = calls;
    this.cache = other.cache;
  }

  /** The same vectors, those to come by other calls. */
  WindowVectors through(Calls other) {
    return new WindowVectors(this, other);
  }

  Embedder embedder() {
    return embedder;
  }

  /**
   * The vectors of some windows, in order. White space alone has the vector of what stands before.
   *
   * @param from first window
   * @param to window after the last
   * @throws IndexingException if the embedder fails
   */
  float[][] of(String text, UnitTable windows, int from, int to) {
    List<String> texts = new ArrayList<>(to - from);
    for (int i = from; i < to; i++) {
      texts.add(CharClass.stripped(text, windows.offset(i), windows.offset(i + 1)));
    }
    Map<String, float[]> known = vectors(texts);
    float[][] vectors = new float[to - from][];
    float[] before = new float[embedder.dimension()];
    for (int i = 0; i < vectors.length; i++) {
      before = known.getOrDefault(texts.get(i), before);
      vectors[i] = before;
    }
    return vectors;
  }

  private Map<String, float[]> vectors(List<String> texts) {
    Map<String, float[]> known = new HashMap<>();
    Set<String> missing = new LinkedHashSet<>();
    for (String text : new LinkedHashSet<>(texts)) {
      float[] vector = cache.getIfPresent(key(text));
      if (vector != null) {
        known.put(text, vector);
      } else if (!text.isEmpty()) {
        missing.add(text);
      }
    }
    embed(List.copyOf(missing), known);
    return known;
  }

  private static Fingerprint key(String text) {
    return Fingerprint.builder("window/1").add(text).build();
  }

  private void embed(List<String> texts, Map<String, float[]> vectors) {
    if (texts.isEmpty()) {
      return;
    }
    List<float[]> results = results(texts.stream().map(this::fitting).toList());
    if (results.size() != texts.size()) {
      throw failed("gave " + results.size() + " vectors for " + texts.size() + " texts", null);
    }
    for (int i = 0; i < texts.size(); i++) {
      float[] vector = unit(results.get(i));
      cache.put(key(texts.get(i)), vector);
      vectors.put(texts.get(i), vector);
    }
  }

  private List<float[]> results(List<String> texts) {
    try {
      return calls.embed(texts);
    } catch (IndexingException | CancellationException e) {
      throw e;
    } catch (RuntimeException e) {
      throw failed("failed: " + e.getClass().getName(), e);
    }
  }

  /** In as few calls as the limits allow, one after the other. */
  private List<float[]> inCalls(List<String> texts) {
    Embedder.Limits limits = embedder.limits();
    List<float[]> results = new ArrayList<>(texts.size());
    int first = 0;
    long sum = 0;
    for (int i = 0; i < texts.size(); i++) {
      int count = embedder.tokenCounter().count(texts.get(i));
      if (i > first
          && (i - first == limits.textsPerCall() || sum + count > limits.tokensPerCall())) {
        results.addAll(embedder.embed(texts.subList(first, i)));
        first = i;
        sum = 0;
      }
      sum += count;
    }
    results.addAll(embedder.embed(texts.subList(first, texts.size())));
    return results;
  }

  /** The beginning that the embedder takes: a cheaper one may take less than a chunk's units. */
  private String fitting(String text) {
    int limit = embedder.limits().tokensPerText();
    String part = text;
    for (int n = embedder.tokenCounter().count(part); n > limit; ) {
      int end = Math.max(1, (int) ((long) part.length() * limit / n));
      part = part.substring(0, end - (Character.isHighSurrogate(part.charAt(end - 1)) ? 1 : 0));
      n = embedder.tokenCounter().count(part);
    }
    return part;
  }

  private float[] unit(float[] vector) {
    double squares = Vectors.dot(vector, vector);
    if (vector.length != embedder.dimension() || !Double.isFinite(squares) || squares == 0) {
      throw failed(
          "gave a vector of %d dimensions and length %s, wanted are %d dimensions and more than 0"
              .formatted(vector.length, Math.sqrt(squares), embedder.dimension()),
          null);
    }
    float[] unit = new float[vector.length];
    Vectors.add(unit, vector, 1 / Math.sqrt(squares));
    return unit;
  }

  /** No document is to blame. */
  private IndexingException failed(String how, @Nullable Throwable cause) {
    return new IndexingException(
        Stage.EMBED,
        Kind.INFRASTRUCTURE,
        "the embedder " + embedder.signature().name() + " " + how,
        cause);
  }
}
