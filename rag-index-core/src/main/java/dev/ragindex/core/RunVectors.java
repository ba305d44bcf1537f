package dev.ragindex.core;

import dev.ragindex.api.Embedder;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.RateLimits;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.Stage;
import dev.ragindex.api.StoredChunk;
import dev.ragindex.api.VectorStore;
import dev.ragindex.core.EmbeddingCalls.Answer;
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
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
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
final class RunVectors implements ChunkVectors, AutoCloseable {

  /** Stands for a vector that is in the store; waiters then leave it to the store. */
  private static final float[] STORED = new float[0];

  private final Embedding embedding;
  private final VectorStore store;
  private final Snapshot before;
  private final StageTimes times;
  private final VectorCache paidFor;
  private final TokenBudget budget;
  private final Canaries canaries;
  private final Batcher batcher;

  /** For a chunker with an embedder of its own; null until asked for. */
  private @Nullable Batcher cutting;

  private final LongAdder tokensEmbedded = new LongAdder();
  private final Map<Fingerprint, CompletableFuture<float[]>> claims = new ConcurrentHashMap<>();

  /** Keys whose claims were dropped. Only these can be in the store now and not before the run. */
  private final KeyFilter released = new KeyFilter();

  /**
   * Begins without claims.
   *
   * @param before the store when the run began
   * @param budget is asked before anything is embedded
   */
  RunVectors(
      Embedding embedding,
      VectorStore store,
      Snapshot before,
      StageTimes times,
      TokenBudget budget) {
    this.embedding = embedding;
    this.store = store;
    this.before = before;
    this.times = times;
    this.paidFor = embedding.paidFor();
    this.budget = budget;
    Embedder embedder = embedding.embedder();
    this.canaries = new Canaries(embedder, before.settings().index().get(IndexSettings.CANARIES));
    EmbeddingCalls calls = calls(embedder, embedding.pace());
    this.batcher = batcher(embedder, texts -> canaries.guard(texts, calls::call));
  }

  private static EmbeddingCalls calls(Embedder embedder, Pace pace) {
    return new EmbeddingCalls(embedder, pace, EmbeddingCalls.Patience.DEFAULT);
  }

  private Batcher batcher(Embedder embedder, Function<List<TextToEmbed>, List<Answer>> call) {
    return new Batcher(
        embedder.limits(),
        Batcher.PATIENCE,
        texts -> times.in(Stage.EMBED, () -> call.apply(texts)));
  }

  /**
   * How this run calls a chunker's embedder. If it is that of the index, the windows of its texts
   * share the calls, the pace and the canaries of the chunks; another one has only what its service
   * says to go by.
   */
  synchronized CuttingCalls forCutting(Embedder embedder) {
    if (embedder == embedding.embedder()) {
      return new CuttingCalls(embedder.tokenCounter(), batcher, budget, times);
    }
    if (cutting == null) {
      EmbeddingCalls calls = calls(embedder, Pace.within(RateLimits.UNKNOWN));
      cutting = batcher(embedder, calls::call);
    }
    return new CuttingCalls(embedder.tokenCounter(), cutting, budget, times);
  }

  @Override
  public Resolved resolve(List<StoredChunk> chunks, List<Integer> tokens) {
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
    List<Batcher.Waiting> texts = new ArrayList<>();
    Map<Fingerprint, TextToEmbed> computed = new HashMap<>();
    try {
      Set<Fingerprint> known = known(mine.keySet());
      release(known);
      mine.keySet().removeAll(known);
      needed.forEach(
          (key, text) -> {
            CompletableFuture<float[]> vector = mine.get(key);
            if (vector == null) {
              return; // stored, or another document's
            }
            float[] paid = paidFor.get(key);
            if (paid == null) {
              texts.add(new Batcher.Waiting(text, paidFor(key, text, vector)));
              computed.put(key, text);
            } else {
              vector.complete(paid);
              reused.add(key);
            }
          });
      budget.take(computed.values().stream().mapToLong(TextToEmbed::tokens).sum());
    } catch (RuntimeException | Error e) {
      fail(mine.keySet(), e);
      throw e;
    }
    batcher.submit(texts);
    return computed;
  }

  /** Sees to it that a vector is counted and kept once it is there, whoever still waits for it. */
  private CompletableFuture<float[]> paidFor(
      Fingerprint key, TextToEmbed text, CompletableFuture<float[]> vector) {
    CompletableFuture<float[]> embedded = new CompletableFuture<>();
    var unused =
        embedded.whenComplete(
            (value, failure) -> {
              if (value == null) {
                vector.completeExceptionally(failure);
              } else {
                paidFor.put(key, value);
                tokensEmbedded.add(text.tokens());
                vector.complete(value);
              }
            });
    return embedded;
  }

  /** What the index is to remember of the model; null if nothing new. */
  @Nullable String canaries() {
    return canaries.toRemember();
  }

  /** Tokens embedded so far, committed or not, those for cutting included. */
  long tokensEmbedded() {
    return tokensEmbedded.sum() + budget.tookToCut();
  }

  /** Drops claims: the keys were committed, or will not be. */
  void release(Collection<Fingerprint> keys) {
    for (Fingerprint key : keys) {
      released.add(key); // before anyone else can claim it
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

  /**
   * What the store has now, or had when the run began: the run may have removed it since. Nobody
   * else writes meanwhile, so of the rest only what the run itself released is looked for again: a
   * snapshot may cost a connection.
   */
  private Set<Fingerprint> known(Set<Fingerprint> keys) {
    Set<Fingerprint> known = new HashSet<>(before.known(keys));
    Set<Fingerprint> rest = new HashSet<>(keys);
    rest.removeAll(known);
    rest.removeIf(key -> !released.mayHold(key));
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

  /** Only a run that gives up interrupts its workers. */
  static <T> T join(CompletableFuture<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      throw givenUp();
    } catch (CancellationException e) {
      throw new GivenUp();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IllegalStateException("a call to the embedder failed", e);
      }
    }
  }

  private static GivenUp givenUp() {
    Thread.currentThread().interrupt();
    return new GivenUp();
  }

  /**
   * The run is over before the vectors are there. Tells it from what a stage may be cancelled by.
   */
  static final class GivenUp extends CancellationException {
    private static final long serialVersionUID = 1L;

    private GivenUp() {
      super("the run ended while vectors were computed");
    }
  }

  /** Ends what is in flight; nobody waits for it any more. */
  @Override
  public synchronized void close() {
    batcher.close();
    if (cutting != null) {
      cutting.close();
    }
  }
}
