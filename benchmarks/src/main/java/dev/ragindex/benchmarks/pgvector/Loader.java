package dev.ragindex.benchmarks.pgvector;

import dev.ragindex.api.StoredChunk;
import java.sql.SQLException;
import java.util.List;

/** One way to get chunks into a table of PostgreSQL. */
interface Loader {

  /** Makes an empty table. */
  void create() throws SQLException;

  /** Writes chunks, durable on return. */
  void load(List<StoredChunk> chunks) throws SQLException;
}
