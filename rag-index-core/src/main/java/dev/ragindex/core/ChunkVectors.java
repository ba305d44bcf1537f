package dev.ragindex.core;

import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.StoredChunk;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;

/** Says where the vectors of new chunks come from. Thread-safe. */
interface ChunkVectors {

  /**
   * Resolves the chunks' embedding keys.
   *
   * @param chunks chunks to be written
   * @param tokens tokens of each, in the same order
   * @throws IndexingException if the embedder fails
   * @throws TokenBudget.Reached if they would take more tokens than the run may embed
   * @throws CancellationException if the thread is interrupted
   */
  Resolved resolve(List<StoredChunk> chunks, List<Integer> tokens);

  /**
   * The vectors of a document's new chunks.
   *
   * @param vectors those in hand; what is missing here the store knows by its key
   * @param computed keys that were embedded for this document
   * @param claimed keys whose claims are to be released once they are committed
   * @param reused keys that were embedded before, for another document of this run or in a run that
   *     did not get to store them
   * @param tokens tokens that were embedded
   */
  record Resolved(
      Map<Fingerprint, float[]> vectors,
      Set<Fingerprint> computed,
      Set<Fingerprint> claimed,
      Set<Fingerprint> reused,
      long tokens) {}
}
