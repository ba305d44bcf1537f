package dev.ragindex.api;

import java.util.List;

/**
 * Turns texts into vectors. Prefixes that a model wants before documents and queries, and special
 * tokens, are the embedder's own affair: callers hand in the bare text. Thread-safe.
 */
public interface Embedder extends AutoCloseable {

  /**
   * What decides a vector: model, revision, dimensions, prefixes, pooling, normalisation. Keys,
   * endpoints, time-outs and batch sizes stay out.
   *
   * @return the signature
   */
  Signature signature();

  /**
   * Length of each vector.
   *
   * @return a number of floats
   */
  int dimension();

  /**
   * Counts tokens as the model's own tokenizer does.
   *
   * @return the counter
   */
  TokenCounter tokenCounter();

  /**
   * How much one call may carry, and how many calls may run at once.
   *
   * @return the limits
   */
  Limits limits();

  /**
   * Embeds texts as documents.
   *
   * @param texts within the limits
   * @return one vector a text, in the same order, each of {@link #dimension()} finite floats
   * @throws IllegalArgumentException if a text is longer than the limit; it is never truncated
   * @throws IndexingException if the model or its service fails
   */
  List<float[]> embed(List<String> texts);

  /**
   * Embeds a text as a query.
   *
   * @param text within the limit of tokens per text
   * @return a vector of {@link #dimension()} finite floats
   * @throws IllegalArgumentException if the text is longer than the limit
   * @throws IndexingException if the model or its service fails
   */
  float[] embedQuery(String text);

  /** Releases the model. The default does nothing. */
  @Override
  default void close() {}

  /**
   * What one call may carry.
   *
   * @param tokensPerText most tokens of one text, with special tokens and prefix already taken off
   * @param textsPerCall most texts in one call
   * @param tokensPerCall most tokens in one call, all texts together
   * @param callsInFlight how many calls at once pay off
   */
  record Limits(int tokensPerText, int textsPerCall, int tokensPerCall, int callsInFlight) {
    /**
     * Checks that all are positive.
     *
     * @throws IllegalArgumentException if one is not
     */
    public Limits {
      if (tokensPerText < 1 || textsPerCall < 1 || tokensPerCall < 1 || callsInFlight < 1) {
        throw new IllegalArgumentException(
            "limits are positive: %d %d %d %d"
                .formatted(tokensPerText, textsPerCall, tokensPerCall, callsInFlight));
      }
    }
  }
}
