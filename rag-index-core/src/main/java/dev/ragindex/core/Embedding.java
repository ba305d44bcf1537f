package dev.ragindex.core;

import dev.ragindex.api.Embedder;

/**
 * What texts are embedded with.
 *
 * @param embedder makes the vectors
 * @param paidFor vectors that earlier runs computed and may not have stored
 * @param pace keeps all runs together within the limits of the embedder's service
 */
record Embedding(Embedder embedder, VectorCache paidFor, Pace pace) {}
