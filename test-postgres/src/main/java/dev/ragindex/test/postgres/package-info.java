/** A PostgreSQL with pgvector for tests. */
@NullMarked
package dev.ragindex.test.postgres;

import org.jspecify.annotations.NullMarked;
