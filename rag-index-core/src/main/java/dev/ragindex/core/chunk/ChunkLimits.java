package dev.ragindex.core.chunk;

/**
 * How large chunks may be, in tokens of the counter the chunker is given.
 *
 * <p>A chunk also has at most {@value #CHARACTERS_PER_TOKEN} characters for each token of its core
 * limit: some tokenizers count a word of any length as one unknown token.
 *
 * @param maxTokens most tokens of overlap and core together
 * @param minTokens least tokens of a core; only the end of a document, or text without a fitting
 *     boundary, falls below it
 * @param overlapTokens most tokens repeated from the chunk before
 * @param packing how cuts of equal level are chosen
 */
public record ChunkLimits(int maxTokens, int minTokens, int overlapTokens, Packing packing) {

  /** Tokens of a model's limit that are kept free for the context (heading path). */
  public static final int CONTEXT_RESERVE = 64;

  /** Most characters of a core for each token of its limit. */
  public static final int CHARACTERS_PER_TOKEN = 16;

  /** Smallest possible core limit: one character never needs more tokens. */
  private static final int SMALLEST_CORE = 8;

  private static final int USUAL_MODEL = 512;

  /**
   * Checks the sizes against each other.
   *
   * @throws IllegalArgumentException if the overlap leaves fewer than 8 tokens for the core, or the
   *     minimum is not between 1 and the core limit
   */
  public ChunkLimits {
    if (overlapTokens < 0) {
      throw new IllegalArgumentException("overlap of " + overlapTokens + " tokens");
    }
    int core = maxTokens - overlapTokens;
    if (core < SMALLEST_CORE) {
      throw new IllegalArgumentException(
          "a maximum of %d tokens less an overlap of %d leaves %d for the core, at least %d are needed"
              .formatted(maxTokens, overlapTokens, core, SMALLEST_CORE));
    }
    if (minTokens < 1 || minTokens > core) {
      throw new IllegalArgumentException(
          "a minimum of %d tokens is not between 1 and the core limit of %d (maximum %d, overlap %d)"
              .formatted(minTokens, core, maxTokens, overlapTokens));
    }
  }

  /**
   * Limits without overlap, stable packing, minimum a third of the maximum.
   *
   * @param maxTokens most tokens of a chunk
   * @return the limits
   */
  public static ChunkLimits of(int maxTokens) {
    return of(maxTokens, 0);
  }

  /**
   * Limits with overlap, stable packing, minimum a third of the core limit.
   *
   * @param maxTokens most tokens of overlap and core together
   * @param overlapTokens most tokens of the overlap
   * @return the limits
   */
  public static ChunkLimits of(int maxTokens, int overlapTokens) {
    int third = Math.max(1, (maxTokens - overlapTokens) / 3);
    return new ChunkLimits(maxTokens, third, overlapTokens, Packing.STABLE);
  }

  /**
   * The default for a model: all it takes beside the context reserve, at most what fits a model of
   * 512 tokens. Larger chunks blur what a single vector stands for.
   *
   * @param tokensPerText the embedder's limit, special tokens and prefix already taken off
   * @return the limits
   * @throws IllegalArgumentException if the model is too small for any chunk
   */
  public static ChunkLimits forModel(int tokensPerText) {
    return of(Math.min(tokensPerText, USUAL_MODEL) - CONTEXT_RESERVE);
  }

  /**
   * Checks that every chunk fits a model together with its context.
   *
   * @param tokensPerText the embedder's limit, special tokens and prefix already taken off
   * @return these limits
   * @throws IllegalArgumentException if the maximum is above the model's limit less the reserve
   */
  public ChunkLimits requireWithin(int tokensPerText) {
    if (maxTokens > tokensPerText - CONTEXT_RESERVE) {
      throw new IllegalArgumentException(
          "a maximum of %d tokens is above %d: the model takes %d, and %d are kept for the context"
              .formatted(
                  maxTokens, tokensPerText - CONTEXT_RESERVE, tokensPerText, CONTEXT_RESERVE));
    }
    return this;
  }

  /**
   * Replaces the minimum.
   *
   * @param newMinTokens least tokens of a core
   * @return new limits
   */
  public ChunkLimits withMinTokens(int newMinTokens) {
    return new ChunkLimits(maxTokens, newMinTokens, overlapTokens, packing);
  }

  /**
   * Replaces the packing.
   *
   * @param newPacking how cuts of equal level are chosen
   * @return new limits
   */
  public ChunkLimits withPacking(Packing newPacking) {
    return new ChunkLimits(maxTokens, minTokens, overlapTokens, newPacking);
  }

  /**
   * The core limit: what the maximum leaves beside the overlap.
   *
   * @return most tokens of a chunk's core
   */
  public int coreTokens() {
    return maxTokens - overlapTokens;
  }
}
