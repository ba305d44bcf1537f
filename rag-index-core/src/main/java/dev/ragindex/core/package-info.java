/**
 * {@link dev.ragindex.core.RagIndex} and what stands behind it: the coordinator that keeps an index
 * true to its sources.
 *
 * <p>A run goes one way: list, classify, read, parse, enrich, chunk, embed, commit. Only {@code
 * SyncRun} knows them all.
 */
@NullMarked
package dev.ragindex.core;

import org.jspecify.annotations.NullMarked;
