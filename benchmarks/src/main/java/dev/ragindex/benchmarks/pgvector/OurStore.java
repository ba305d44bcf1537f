package dev.ragindex.benchmarks.pgvector;

import dev.ragindex.api.Mutation;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.store.pgvector.PgVectorStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Our store in a schema of its own.
 *
 * @param database what connects to the schema
 * @param schema its name
 */
record OurStore(PGSimpleDataSource database, String schema) {

  private static final long STATISTICS_MILLIS = 1_500;

  /** Seconds that work on a store took: its batches, and the writer's end, which builds indexes. */
  record Seconds(double batches, double end) {
    double all() {
      return batches + end;
    }
  }

  PgVectorStore open() {
    return over(database);
  }

  /** The same by other connections. */
  PgVectorStore over(DataSource connections) {
    return PgVectorStore.builder(connections).schema(schema).build();
  }

  /** Drops everything. */
  void drop() throws SQLException {
    PlainTable.execute(
        database, "DROP SCHEMA IF EXISTS " + schema + " CASCADE", "CREATE SCHEMA " + schema);
  }

  Seconds write(List<? extends List<? extends Mutation>> batches) {
    long start = System.nanoTime();
    long committed;
    try (StoreWriter writer = open().writer()) {
      for (List<? extends Mutation> batch : batches) {
        writer.commit(List.copyOf(batch));
      }
      committed = System.nanoTime();
    }
    return new Seconds((committed - start) / 1e9, (System.nanoTime() - committed) / 1e9);
  }

  /** Rows inserted, updated and deleted so far in the tables of a kind, as the server counts. */
  long rowsWritten(String kind) throws SQLException {
    sleep();
    try (Connection connection = database.getConnection();
        PreparedStatement count =
            connection.prepareStatement(
                "SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM"
                    + " pg_stat_user_tables WHERE schemaname = ? AND relname LIKE '%' || ?")) {
      count.setString(1, schema);
      count.setString(2, kind);
      try (ResultSet row = count.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** Sessions report what they did when they end, or within a second. */
  private static void sleep() {
    try {
      Thread.sleep(STATISTICS_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
