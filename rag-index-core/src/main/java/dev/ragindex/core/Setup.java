package dev.ragindex.core;

import dev.ragindex.api.Embedder;
import dev.ragindex.api.VectorStore;
import java.time.Clock;
import java.time.Duration;

/**
 * What every run of an index works with.
 *
 * @param store where to
 * @param pipeline the stages
 * @param embedder the last of the stages
 * @param maxBytes most bytes a document may have
 * @param paidFor vectors that earlier runs computed and may not have stored
 * @param pace keeps all runs together within the limits of the embedder's service
 * @param cadence when to commit
 * @param grace how long a run that is cancelled waits for what is in flight
 * @param clock tells when a problem was first met
 */
record Setup(
    VectorStore store,
    Pipeline pipeline,
    Embedder embedder,
    long maxBytes,
    VectorCache paidFor,
    Pace pace,
    BatchWriter.Cadence cadence,
    Duration grace,
    Clock clock) {}
