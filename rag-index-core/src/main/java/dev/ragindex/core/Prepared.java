package dev.ragindex.core;

import dev.ragindex.api.Placement;
import dev.ragindex.api.StoredChunk;
import java.util.List;

/**
 * A document's chunks, ready but for their vectors.
 *
 * @param layout where the chunks stand
 * @param chunks the chunks in the same order, without vectors
 * @param tokens tokens of each chunk as embedded, in the same order
 */
record Prepared(List<Placement> layout, List<StoredChunk> chunks, List<Integer> tokens) {}
