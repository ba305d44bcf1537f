package dev.ragindex.core;

import dev.ragindex.api.Embedder;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.IndexingException.Kind;
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
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
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
final class RunVectors implements ChunkVectors {

  /** Stands for a vector that is in the store; waiters then leave it to the store. */
  private static final float[] STORED = new float[0];

  private final Embedder embedder;
  private final VectorStore store;
  private final Snapshot before;
  private final StageTimes times;
  private final TokenBudget budget;
  private final Semaphore calls;
  private final LongAdder tokensEmbedded = new LongAdder();
  private final Map<Fingerprint, CompletableFuture<float[]>> claims = new ConcurrentHashMap<>();

  /**
   * Begins without claims.
   *
   * @param before the store when the run began
   * @param budget is asked before anything is embedded
   */
  RunVectors(
      Embedder embedder, VectorStore store, Snapshot before, StageTimes times, TokenBudget budget) {
    this.embedder = embedder;
    this.store = store;
    this.before = before;
    this.times = times;
    this.budget = budget;
    this.calls = new Semaphore(embedder.limits().callsInFlight());
  }

  @Override
  public Resolved resolve(List<StoredChunk> chunks, List<Integer> tokens) {
    Map<Fingerprint, Text> needed = new LinkedHashMap<>();
    for (int i = 0; i < chunks.size(); i++) {
      StoredChunk chunk = chunks.get(i);
      String text = StoredChunk.embeddedText(chunk.context(), chunk.overlap(), chunk.text());
      needed.putIfAbsent(chunk.embeddingKey(), new Text(text, tokens.get(i)));
    }
    Map<Fingerprint, CompletableFuture<float[]>> others = new HashMap<>();
    Map<Fingerprint, Text> mine = claim(needed, others);
    try {
      Set<Fingerprint> known = known(mine.keySet());
      release(known);
      mine.keySet().removeAll(known);
      long sum = mine.values().stream().mapToLong(Text::tokens).sum();
      budget.take(sum);
      Map<Fingerprint, float[]> vectors = embed(mine);
      Set<Fingerprint> fromRun = new HashSet<>();
      others.forEach((key, claim) -> await(key, claim, vectors, fromRun));
      return new Resolved(vectors, Set.copyOf(mine.keySet()), fromRun, sum);
    } catch (RuntimeException | Error e) {
      fail(mine.keySet(), e);
      throw e;
    }
  }

  /** Tokens embedded so far, committed or not. */
  long tokensEmbedded() {
    return tokensEmbedded.sum();
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

  private Map<Fingerprint, Text> claim(
      Map<Fingerprint, Text> needed, Map<Fingerprint, CompletableFuture<float[]>> others) {
    Map<Fingerprint, Text> mine = new LinkedHashMap<>();
    needed.forEach(
        (key, text) -> {
          CompletableFuture<float[]> other = claims.putIfAbsent(key, new CompletableFuture<>());
          if (other == null) {
            mine.put(key, text);
          } else {
            others.put(key, other);
          }
        });
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

  private Map<Fingerprint, float[]> embed(Map<Fingerprint, Text> texts) {
    Map<Fingerprint, float[]> vectors = new HashMap<>();
    List<List<Map.Entry<Fingerprint, Text>>> groups = groups(texts);
    if (groups.size() == 1) {
      call(groups.getFirst(), vectors);
      return vectors;
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Map<Fingerprint, float[]>>> results = new ArrayList<>();
      for (List<Map.Entry<Fingerprint, Text>> group : groups) {
        results.add(
            CompletableFuture.supplyAsync(
                () -> {
                  Map<Fingerprint, float[]> part = new HashMap<>();
                  call(group, part);
                  return part;
                },
                threads));
      }
      results.forEach(result -> vectors.putAll(join(result)));
    }
    return vectors;
  }

  /** As few calls as the limits allow. */
  private List<List<Map.Entry<Fingerprint, Text>>> groups(Map<Fingerprint, Text> texts) {
    Embedder.Limits limits = embedder.limits();
    List<List<Map.Entry<Fingerprint, Text>>> groups = new ArrayList<>();
    List<Map.Entry<Fingerprint, Text>> group = new ArrayList<>();
    long tokens = 0;
    for (Map.Entry<Fingerprint, Text> entry : texts.entrySet()) {
      boolean full =
          group.size() == limits.textsPerCall()
              || tokens + entry.getValue().tokens() > limits.tokensPerCall();
      if (full && !group.isEmpty()) {
        groups.add(group);
        group = new ArrayList<>();
        tokens = 0;
      }
      group.add(entry);
      tokens += entry.getValue().tokens();
    }
    if (!group.isEmpty()) {
      groups.add(group);
    }
    return groups;
  }

  private void call(List<Map.Entry<Fingerprint, Text>> group, Map<Fingerprint, float[]> vectors) {
    List<String> texts = group.stream().map(entry -> entry.getValue().text()).toList();
    List<float[]> results;
    acquireCall();
    try {
      results = times.in(Stage.EMBED, () -> embedded(texts));
    } finally {
      calls.release();
    }
    tokensEmbedded.add(group.stream().mapToLong(entry -> entry.getValue().tokens()).sum());
    if (results.size() != texts.size()) {
      throw failed("gave " + results.size() + " vectors for " + texts.size() + " texts", null);
    }
    for (int i = 0; i < texts.size(); i++) {
      Fingerprint key = group.get(i).getKey();
      float[] vector = UnitVectors.unit(results.get(i), embedder.dimension());
      vectors.put(key, vector);
      CompletableFuture<float[]> claim = claims.get(key);
      if (claim != null) {
        claim.complete(vector);
      }
    }
  }

  private List<float[]> embedded(List<String> texts) {
    try {
      return embedder.embed(texts);
    } catch (IndexingException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new IndexingException(
          Stage.EMBED,
          Kind.CONTENT,
          "the embedder " + embedder.signature().name() + " refused a text of it",
          e);
    } catch (RuntimeException e) {
      throw failed("failed: " + e.getClass().getName(), e);
    }
  }

  private IndexingException failed(String how, @Nullable Throwable cause) {
    return new IndexingException(
        Stage.EMBED,
        Kind.INFRASTRUCTURE,
        "the embedder " + embedder.signature().name() + " " + how,
        cause);
  }

  private static void await(
      Fingerprint key,
      CompletableFuture<float[]> claim,
      Map<Fingerprint, float[]> vectors,
      Set<Fingerprint> fromRun) {
    float[] vector = join(claim);
    fromRun.add(key);
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

  /** Only a run that gives up interrupts its workers. */
  private void acquireCall() {
    try {
      calls.acquire();
    } catch (InterruptedException e) {
      throw givenUp();
    }
  }

  private static <T> T join(CompletableFuture<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      throw givenUp();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IllegalStateException("a call to the embedder failed", e);
      }
    }
  }

  private static CancellationException givenUp() {
    Thread.currentThread().interrupt();
    return new CancellationException("interrupted while vectors were computed");
  }

  /**
   * A text to embed.
   *
   * @param text exactly what is sent
   * @param tokens its tokens
   */
  private record Text(String text, int tokens) {}
}
