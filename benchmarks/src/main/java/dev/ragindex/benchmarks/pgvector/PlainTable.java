package dev.ragindex.benchmarks.pgvector;

import dev.ragindex.api.StoredChunk;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import javax.sql.DataSource;

/** The table that hand-written code keeps chunks in. */
final class PlainTable {

  private PlainTable() {}

  static void create(DataSource database, String name) throws SQLException {
    execute(
        database,
        "DROP TABLE IF EXISTS " + name,
        "CREATE TABLE %s (id uuid PRIMARY KEY, text text, metadata jsonb, embedding vector(%d))"
            .formatted(name, Corpus.DIMENSION));
  }

  static void execute(DataSource database, String... statements) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  static String metadata(StoredChunk chunk) {
    return "{\"source\": \"%s\", \"path\": \"%s\"}"
        .formatted(chunk.document().source(), chunk.document().key());
  }

  static float[] vector(StoredChunk chunk) {
    return Objects.requireNonNull(chunk.vector());
  }
}
