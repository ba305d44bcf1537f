package dev.ragindex.core;

import dev.ragindex.api.Embedder;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.Stage;
import dev.ragindex.api.StoredChunk;
import dev.ragindex.api.VectorStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds or computes the vectors of a run, each embedding key once. Thread-safe.
 *
 * <p>A document first claims the keys nobody in this run has claimed, then asks the store for them,
 * and embeds what is left. A claim stands until the vector is committed, and the store is asked
 * only after claiming: so a key is at any moment either claimed or visible in the store, and never
 * computed twice. A document waits for others' claims only after its own are done, so no two wait
 * for each other.
 */
final class RunVectors {

  /** Stands for a vector that is in the store; waiters then leave it to the store. */
  private static final float[] STORED = new float[0];

  private final VectorStore store;
  private final Snapshot before;
  private final VectorCache cache;
  private final Canaries canaries;
  private final Batcher batcher;
  private final Map<Fingerprint, CompletableFuture<float[]>> claims = new ConcurrentHashMap<>();

  /**
   * Begins without claims.
   *
   * @param before the store when the run began
   * @param cache what earlier runs computed and may not have stored
   * @param pace keeps all runs together within the service's limits
   */
  RunVectors(
      Embedder embedder,
      VectorStore store,
      Snapshot before,
      StageTimes times,
      VectorCache cache,
      Pace pace) {
    this.store = store;
    this.before = before;
    this.cache = cache;
    this.canaries = new Canaries(embedder, before.settings().index().get(IndexSettings.CANARIES));
    EmbeddingCalls calls = new EmbeddingCalls(embedder, pace, EmbeddingCalls.Patience.DEFAULT);
    this.batcher =
        new Batcher(
            embedder.limits(),
            Batcher.PATIENCE,
            texts -> times.in(Stage.EMBED, () -> canaries.guard(texts, calls::call)));
  }

  /**
   * The vectors of a document's new chunks.
   *
   * @param vectors those in hand; what is missing here the store knows by its key
   * @param computed keys that were embedded for this document
   * @param claimed keys whose claims are to be released once they are committed
   * @param reused keys that were embedded before, for another document of this run or in a run that
   *     did not get to store them
   * @param tokens tokens that were embedded
   */
  record Resolved(
      Map<Fingerprint, float[]> vectors,
      Set<Fingerprint> computed,
      Set<Fingerprint> claimed,
      Set<Fingerprint> reused,
      long tokens) {}

  /**
   * Resolves the chunks' embedding keys.
   *
   * @param chunks chunks to be written
   * @param tokens tokens of each, in the same order
   * @throws IndexingException if the embedder fails
   */
  Resolved resolve(List<StoredChunk> chunks, List<Integer> tokens) {
    Map<Fingerprint, TextToEmbed> needed = new LinkedHashMap<>();
    for (int i = 0; i < chunks.size(); i++) {
      StoredChunk chunk = chunks.get(i);
      String text = StoredChunk.embeddedText(chunk.context(), chunk.overlap(), chunk.text());
      needed.putIfAbsent(chunk.embeddingKey(), new TextToEmbed(text, tokens.get(i)));
    }
    Map<Fingerprint, CompletableFuture<float[]>> others = new HashMap<>();
    Map<Fingerprint, CompletableFuture<float[]>> mine = claim(needed.keySet(), others);
    Map<Fingerprint, float[]> vectors = new HashMap<>();
    Set<Fingerprint> reused = new HashSet<>();
    Map<Fingerprint, TextToEmbed> computed = compute(mine, needed, reused);
    try {
      mine.forEach((key, vector) -> vectors.put(key, join(vector)));
      others.forEach((key, claim) -> await(key, claim, vectors, reused));
    } catch (RuntimeException | Error e) {
      claims.keySet().removeAll(mine.keySet()); // whoever waits for one of them still gets it
      throw e;
    }
    long sum = computed.values().stream().mapToLong(TextToEmbed::tokens).sum();
    return new Resolved(
        vectors, Set.copyOf(computed.keySet()), Set.copyOf(mine.keySet()), reused, sum);
  }

  /**
   * Starts to embed what is neither in the store nor in the cache; drops from {@code mine} what is
   * stored.
   */
  private Map<Fingerprint, TextToEmbed> compute(
      Map<Fingerprint, CompletableFuture<float[]>> mine,
      Map<Fingerprint, TextToEmbed> needed,
      Set<Fingerprint> reused) {
    try {
      Set<Fingerprint> known = known(mine.keySet());
      release(known);
      mine.keySet().removeAll(known);
    } catch (RuntimeException | Error e) {
      fail(mine.keySet(), e);
      throw e;
    }
    List<Batcher.Waiting> texts = new ArrayList<>();
    Map<Fingerprint, TextToEmbed> computed = new HashMap<>();
    needed.forEach(
        (key, text) -> {
          CompletableFuture<float[]> vector = mine.get(key);
          if (vector == null) {
            return; // stored, or another document's
          }
          float[] cached = cache.get(key);
          if (cached == null) {
            var unused = vector.thenAccept(v -> cache.put(key, v)); // cannot fail
            texts.add(new Batcher.Waiting(text, vector));
            computed.put(key, text);
          } else {
            vector.complete(cached);
            reused.add(key);
          }
        });
    batcher.submit(texts);
    return computed;
  }

  /** What the index is to remember of the model; null if nothing new. */
  @Nullable String canaries() {
    return canaries.toRemember();
  }

  /** Drops claims: the keys were committed, or will not be. */
  void release(Collection<Fingerprint> keys) {
    for (Fingerprint key : keys) {
      CompletableFuture<float[]> claim = claims.remove(key);
      if (claim != null) {
        claim.complete(STORED);
      }
    }
  }

  private Map<Fingerprint, CompletableFuture<float[]>> claim(
      Set<Fingerprint> needed, Map<Fingerprint, CompletableFuture<float[]>> others) {
    Map<Fingerprint, CompletableFuture<float[]>> mine = new LinkedHashMap<>();
    for (Fingerprint key : needed) {
      CompletableFuture<float[]> claim = new CompletableFuture<>();
      CompletableFuture<float[]> other = claims.putIfAbsent(key, claim);
      if (other == null) {
        mine.put(key, claim);
      } else {
        others.put(key, other);
      }
    }
    return mine;
  }

  /** What the store has now, or had when the run began: the run may have removed it since. */
  private Set<Fingerprint> known(Set<Fingerprint> keys) {
    Set<Fingerprint> known = new HashSet<>(before.known(keys));
    Set<Fingerprint> rest = new HashSet<>(keys);
    rest.removeAll(known);
    if (!rest.isEmpty()) {
      try (Snapshot now = store.snapshot()) {
        known.addAll(now.known(rest));
      }
    }
    return known;
  }

  private static void await(
      Fingerprint key,
      CompletableFuture<float[]> claim,
      Map<Fingerprint, float[]> vectors,
      Set<Fingerprint> reused) {
    float[] vector = join(claim);
    reused.add(key);
    if (vector != STORED) {
      vectors.put(key, vector);
    }
  }

  private void fail(Set<Fingerprint> keys, Throwable cause) {
    for (Fingerprint key : keys) {
      CompletableFuture<float[]> claim = claims.remove(key);
      if (claim != null) {
        claim.completeExceptionally(cause);
      }
    }
  }

  /** Not interruptible: a run ends by its own signal; what is in flight is paid for and settles. */
  private static <T> T join(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
