/**
 * PostgreSQL with pgvector as a store: so far the names of its tables, the form of metadata in
 * {@code jsonb} and filters as SQL conditions.
 */
@NullMarked
package dev.ragindex.store.pgvector;

import org.jspecify.annotations.NullMarked;
