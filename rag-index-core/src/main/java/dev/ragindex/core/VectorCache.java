package dev.ragindex.core;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ragindex.api.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * Vectors that were computed and may not be in the store yet, by embedding key: what a refused
 * document, a failed batch or a run that ended early has paid for is not paid for again while the
 * process lives. Emptied once a run succeeds, since the store then knows them, and before anything
 * is erased. Bounded by bytes. Thread-safe.
 */
final class VectorCache {

  private static final long BYTES = 32L << 20;

  /** Key, entry and array header, about. */
  private static final int OVERHEAD = 160;

  private final Cache<Fingerprint, float[]> vectors =
      Caffeine.newBuilder()
          .maximumWeight(BYTES)
          .weigher((Fingerprint key, float[] vector) -> OVERHEAD + Float.BYTES * vector.length)
          .build();

  float @Nullable [] get(Fingerprint key) {
    return vectors.getIfPresent(key);
  }

  void put(Fingerprint key, float[] vector) {
    vectors.put(key, vector);
  }

  void clear() {
    vectors.invalidateAll();
  }
}
