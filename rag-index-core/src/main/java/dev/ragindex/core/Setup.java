package dev.ragindex.core;

import dev.ragindex.api.Embedder;
import dev.ragindex.api.VectorStore;
import dev.ragindex.core.chunk.EmbeddingChunker;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;

/**
 * What every run of an index works with.
 *
 * @param store where to
 * @param pipeline the stages
 * @param embedding the last of the stages
 * @param maxBytes most bytes a document may have
 * @param cadence when to commit
 * @param grace how long a run that is cancelled waits for what is in flight
 * @param clock tells when a problem was first met
 */
record Setup(
    VectorStore store,
    Pipeline pipeline,
    Embedding embedding,
    long maxBytes,
    BatchWriter.Cadence cadence,
    Duration grace,
    Clock clock) {

  /** The same for a run that calls the embedder of a chunker in its own way. */
  Setup cuttingBy(Function<Embedder, ? extends EmbeddingChunker.Calls> calls) {
    return new Setup(store, pipeline.cuttingBy(calls), embedding, maxBytes, cadence, grace, clock);
  }

  Embedder embedder() {
    return embedding.embedder();
  }
}
