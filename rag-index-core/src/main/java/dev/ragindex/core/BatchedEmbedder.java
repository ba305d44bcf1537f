package dev.ragindex.core;

import dev.ragindex.api.Embedder;
import dev.ragindex.api.RateLimits;
import dev.ragindex.api.Signature;
import dev.ragindex.api.Stage;
import dev.ragindex.api.TokenCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An embedder as a run calls it, for chunkers that embed: its texts travel in the run's calls, any
 * number of them at once. Thread-safe.
 */
final class BatchedEmbedder implements Embedder {

  private final Embedder embedder;
  private final Batcher batcher;
  private final TokenBudget budget;
  private final StageTimes times;

  /**
   * The embedder of a chunker, behind a batcher.
   *
   * @param budget is told the tokens of each text, before anyone sees its vector
   * @param times has the time that the chunker waits taken off its own, as calls count by
   *     themselves
   */
  BatchedEmbedder(Embedder embedder, Batcher batcher, TokenBudget budget, StageTimes times) {
    this.embedder = embedder;
    this.batcher = batcher;
    this.budget = budget;
    this.times = times;
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

  /** Calls are cut to size by the batcher. */
  @Override
  public Limits limits() {
    Limits limits = embedder.limits();
    return new Limits(
        limits.tokensPerText(), Integer.MAX_VALUE, Integer.MAX_VALUE, limits.callsInFlight());
  }

  @Override
  public RateLimits rateLimits() {
    return embedder.rateLimits();
  }

  /**
   * Waits for the vectors, which have length 1; if one cannot be had, for the others nevertheless.
   *
   * @throws dev.ragindex.api.IndexingException if the service fails; or, blaming the content, if it
   *     refuses a text
   * @throws java.util.concurrent.CancellationException if the run gives up meanwhile
   */
  @Override
  public List<float[]> embed(List<String> texts) {
    List<Batcher.Waiting> waiting = new ArrayList<>(texts.size());
    List<CompletableFuture<float[]>> vectors = new ArrayList<>(texts.size());
    for (String text : texts) {
      int tokens = embedder.tokenCounter().count(text);
      CompletableFuture<float[]> embedded = new CompletableFuture<>();
      vectors.add(embedded.whenComplete((vector, failure) -> count(tokens, failure)));
      waiting.add(new Batcher.Waiting(new TextToEmbed(text, tokens), embedded));
    }
    long start = System.nanoTime();
    try {
      batcher.submit(waiting);
      RunVectors.join(CompletableFuture.allOf(vectors.toArray(CompletableFuture[]::new)));
      return vectors.stream().map(RunVectors::join).toList();
    } finally {
      times.add(Stage.CHUNK, start - System.nanoTime());
    }
  }

  private void count(int tokens, @Nullable Throwable failure) {
    if (failure == null) {
      budget.tookToCut(tokens);
    }
  }

  @Override
  public float[] embedQuery(String text) {
    return embedder.embedQuery(text);
  }
}
