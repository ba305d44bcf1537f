/**
 * A vector store in PostgreSQL with pgvector: {@link dev.ragindex.store.pgvector.PgVectorStore}.
 */
@NullMarked
package dev.ragindex.store.pgvector;

import org.jspecify.annotations.NullMarked;
