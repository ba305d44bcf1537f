package dev.ragindex.store.pgvector;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The indexes that only searches need: the graph over the vectors (HNSW) and the words (GIN).
 *
 * <p>They are built when a writer closes and there are {@link #WORTH_IT} chunks or more, once,
 * after the first load: a graph takes 80 times as long to insert into as a table, and is 3.5 times
 * cheaper built at the end. Below that number a search compares all chunks, which is exact and as
 * fast. A plain CREATE INDEX does: it keeps writers out, of which there is one, and that one is
 * building it; readers go on. (CONCURRENTLY would wait for every open snapshot, our caller's own
 * included.) It ends with its transaction, so it leaves no invalid index behind; one that somebody
 * else left is dropped.
 */
final class SearchIndexes {

  /** With fewer chunks to compare, comparing all is as fast as walking the graph. */
  static final int WORTH_IT = 8_192;

  private static final Logger LOG = LoggerFactory.getLogger(SearchIndexes.class);

  /** Most dimensions of a graph over {@code vector}, and over {@code halfvec}. */
  private static final int MAX_VECTOR = 2_000;

  private static final int MAX_HALFVEC = 4_000;

  /** Bytes of a graph's node besides its vector: 16 neighbours on a layer, 32 on the lowest. */
  private static final long NODE_BYTES = 512;

  private static final long MOST_MEMORY_KB = 1 << 20;

  private final Connection connection;
  private final Tables tables;

  SearchIndexes(Connection connection, Tables tables) {
    this.connection = connection;
    this.tables = tables;
  }

  /** Whether vectors of a dimension can have a graph. */
  static boolean hasGraph(int dimension) {
    return dimension > 0 && dimension <= MAX_HALFVEC;
  }

  /** The type whose values the graph holds: what {@code embedding} and the query are cast to. */
  static String graphType(Tables tables, int dimension) {
    return tables.pgvector(typeName(dimension)) + "(" + dimension + ")";
  }

  private static String typeName(int dimension) {
    return dimension <= MAX_VECTOR ? "vector" : "halfvec";
  }

  static SqlIdentifier graphName(Tables tables) {
    return tables.index("graph_index");
  }

  private static SqlIdentifier wordsName(Tables tables) {
    return tables.index("words_index");
  }

  /** Builds what is worth it and not there. A failure leaves searches exact, and is a warning. */
  void build(CollectionRow row) throws SQLException {
    if (row.chunks() < WORTH_IT) {
      return;
    }
    int dimension = row.settings().dimension();
    if (hasGraph(dimension) && isMissing(graphName(tables))) {
      buildGraph(row.chunks(), dimension);
    }
    if (isMissing(wordsName(tables))) {
      attempt(
          "CREATE INDEX %s ON %s USING gin (words)".formatted(wordsName(tables), tables.chunks()),
          0,
          false);
    }
  }

  private void buildGraph(long chunks, int dimension) throws SQLException {
    String sql =
        "CREATE INDEX %s ON %s USING hnsw ((embedding::%s) %s)"
            .formatted(
                graphName(tables),
                tables.chunks(),
                graphType(tables, dimension),
                tables.pgvector(typeName(dimension) + "_cosine_ops"));
    long kilobytes = chunks * (NODE_BYTES + (long) dimension * Float.BYTES) / 1024;
    boolean parallel = !tables.pgvector().isBefore(0, 8, 2);
    if (!attempt(sql, kilobytes, parallel) && parallel) {
      // Workers share memory through /dev/shm, which containers keep small.
      attempt(sql, 0, false);
    }
  }

  private boolean attempt(String sql, long kilobytes, boolean parallel) throws SQLException {
    long start = System.nanoTime();
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "SELECT set_config('maintenance_work_mem', greatest(now, %d) || 'kB', true) FROM (SELECT pg_size_bytes(current_setting('maintenance_work_mem')) / 1024 AS now) s"
              .formatted(Math.min(kilobytes, MOST_MEMORY_KB)));
      statement.execute("SET LOCAL statement_timeout = 0");
      if (!parallel) {
        statement.execute("SET LOCAL max_parallel_maintenance_workers = 0");
      }
      statement.execute(sql);
      statement.execute("ANALYZE " + tables.documents());
      statement.execute("ANALYZE " + tables.chunks());
      connection.commit();
      LOG.info("built an index of {} in {} ms", tables.label(), elapsed(start));
      return true;
    } catch (SQLException e) {
      connection.rollback();
      LOG.warn(
          "could not build an index of {}; searches compare all chunks until one is built: {}",
          tables.label(),
          e.getMessage());
      return false;
    }
  }

  private static long elapsed(long start) {
    return (System.nanoTime() - start) / 1_000_000;
  }

  /** Drops the graph, which holds one dimension only. */
  void dropGraph() throws SQLException {
    drop(graphName(tables));
  }

  private void drop(SqlIdentifier index) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP INDEX IF EXISTS " + tables.qualified(index));
    }
  }

  private boolean isMissing(SqlIdentifier index) throws SQLException {
    try (PreparedStatement find =
        connection.prepareStatement(
            "SELECT indisvalid FROM pg_catalog.pg_index WHERE indexrelid = to_regclass(?)")) {
      find.setString(1, tables.qualified(index));
      try (ResultSet found = find.executeQuery()) {
        if (!found.next()) {
          return true;
        }
        if (found.getBoolean(1)) {
          return false;
        }
      }
    }
    drop(index);
    return true;
  }
}
