/**
 * Values and contracts of rag-index: what a source lists, what a parser, chunker and embedder make
 * of it, and what a vector store keeps.
 *
 * <p>All values are immutable; all offsets are UTF-16 units into a document's canonical text; token
 * counts are those of the embedder's own tokenizer; pages are 1-based, 0 means none; scores are
 * higher-is-better.
 */
@NullMarked
package dev.ragindex.api;

import org.jspecify.annotations.NullMarked;
