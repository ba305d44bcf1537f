package dev.ragindex.benchmarks.chunking;

import dev.ragindex.api.Embedder;
import dev.ragindex.api.TokenCounter;
import dev.ragindex.core.chunk.ChunkLimits;
import dev.ragindex.tokens.BytePairCounter;

/**
 * What chunks are cut for.
 *
 * @param name for the tables
 * @param counter counts its tokens
 * @param tokensPerText most tokens of one text, special tokens taken off
 */
record Model(String name, TokenCounter counter, int tokensPerText) {

  private static final int OPEN_AI_TOKENS = 8191;

  /** A model that can be run here. */
  static Model of(String name, Embedder embedder) {
    return new Model(name, embedder.tokenCounter(), embedder.limits().tokensPerText());
  }

  /** OpenAI's text-embedding-3, which is only counted for. */
  static Model openAi() {
    return new Model("cl100k", BytePairCounter.cl100k(), OPEN_AI_TOKENS);
  }

  /** The same, but remembers what it has counted: faster, and no longer fit for measuring time. */
  Model remembering() {
    return new Model(name, new RememberingCounter(counter), tokensPerText);
  }

  /** The limits that the library takes if none are given. */
  ChunkLimits limits() {
    return ChunkLimits.forModel(tokensPerText);
  }
}
