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
   * How often the model's service lets itself be asked, as far as it has said so yet. Changes with
   * each of its answers, failures included; costs nothing to ask for.
   *
   * @return what it last said, or {@link RateLimits#UNKNOWN}, the default
   */
  default RateLimits rateLimits() {
    return RateLimits.UNKNOWN;
  }

  /**
   * Embeds texts as documents.
   *
   * @param texts within the limits
   * @return one vector a text, in the same order, each of {@link #dimension()} finite floats
   * @throws IllegalArgumentException if a text is longer than the limit; it is never truncated
   * @throws ServiceException if a service fails or refuses the call
   * @throws IndexingException if the model fails
   */
  List<float[]> embed(List<String> texts);

  /**
   * Embeds a text as a query.
   *
   * @param text within the limit of tokens per text
   * @return a vector of {@link #dimension()} finite floats
   * @throws IllegalArgumentException if the text is longer than the limit
   * @throws ServiceException if a service fails or refuses the call
   * @throws IndexingException if the model fails
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
