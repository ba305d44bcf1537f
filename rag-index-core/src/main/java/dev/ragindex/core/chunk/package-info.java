/**
 * Chunkers: they cut a document into passages that get one vector each.
 *
 * <p>{@link dev.ragindex.core.chunk.Chunkers} is the way in. A document's indexed text is read once
 * into a table of units (sentences, lines, rows); every strategy then only chooses cuts among them.
 */
@NullMarked
package dev.ragindex.core.chunk;

import org.jspecify.annotations.NullMarked;
