package dev.ragindex.core.chunk;

import dev.ragindex.api.Chunker;
import dev.ragindex.api.Embedder;
import java.util.List;

/**
 * A chunker that embeds text to find its cuts. Runs make its calls as they make their own and add
 * what it embedded to their report; plans estimate twice the tokens for it: once to cut a document,
 * once for its chunks.
 */
public interface EmbeddingChunker extends Chunker {

  /**
   * The embedder that gives it vectors.
   *
   * @return that of the index, or a cheaper one
   */
  Embedder embedder();

  /**
   * This chunker with another way to its embedder, such as a run's, which gathers calls, repeats
   * those that fail in passing and counts what was embedded. Cuts and signature are the same.
   *
   * @param calls embeds by {@link #embedder()}
   * @return a chunker that shares what this one remembers
   */
  EmbeddingChunker through(Calls calls);

  /** A way to call an embedder. */
  @FunctionalInterface
  interface Calls {
    /**
     * Embeds texts as documents.
     *
     * @param texts any number, each within the embedder's limit of tokens per text
     * @return a vector for each, in the same order
     * @throws dev.ragindex.api.IndexingException if the embedder fails or refuses a text
     */
    List<float[]> embed(List<String> texts);
  }
}
