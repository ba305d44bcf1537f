package dev.ragindex.core.chunk;

import dev.ragindex.api.Chunker;

/**
 * A chunker that embeds text to find its cuts. Runs add what it embedded to their report, and plans
 * estimate twice the tokens for it: once to cut a document, once for its chunks.
 */
public interface MeteredChunker extends Chunker {

  /**
   * Tokens embedded so far, as the embedder counts them, special tokens left out. Never decreases;
   * a run's share is the difference between its end and its start, so runs that are to be told
   * apart do not share a chunker.
   *
   * @return tokens since the chunker was made
   */
  long tokensEmbedded();
}
