/** What the store in PostgreSQL costs, beside other ways to fill the same database. */
@NullMarked
package dev.ragindex.benchmarks.pgvector;

import org.jspecify.annotations.NullMarked;
