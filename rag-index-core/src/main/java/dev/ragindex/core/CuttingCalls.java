package dev.ragindex.core;

import dev.ragindex.api.Stage;
import dev.ragindex.api.TokenCounter;
import dev.ragindex.core.chunk.EmbeddingChunker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The texts that a chunker embeds travel in the calls of its run. Thread-safe.
 *
 * @param counter counts tokens as the chunker's embedder does
 * @param batcher makes the calls
 * @param budget is told the tokens of each text, before anyone sees its vector
 * @param times has the time that the chunker waits taken off its own, as calls count by themselves
 */
record CuttingCalls(TokenCounter counter, Batcher batcher, TokenBudget budget, StageTimes times)
    implements EmbeddingChunker.Calls {

  /**
   * Waits for the vectors, which have length 1; if one cannot be had, for the others nevertheless.
   *
   * @throws dev.ragindex.api.IndexingException if the service fails; or, blaming the content, if it
   *     refuses a text
   * @throws RunVectors.GivenUp if the run is over before
   */
  @Override
  public List<float[]> embed(List<String> texts) {
    List<Batcher.Waiting> waiting = new ArrayList<>(texts.size());
    List<CompletableFuture<float[]>> vectors = new ArrayList<>(texts.size());
    for (String text : texts) {
      int tokens = counter.count(text);
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
}
