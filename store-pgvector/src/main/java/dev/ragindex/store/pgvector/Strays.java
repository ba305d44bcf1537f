package dev.ragindex.store.pgvector;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Chunks that no layout names. Only damage leaves any, as when rows were restored by hand. */
final class Strays {

  private Strays() {}

  /** Deletes them and says how many there were. */
  static long delete(Connection connection, Tables tables) throws SQLException {
    String sql =
        """
        DELETE FROM %s c WHERE NOT EXISTS (
          SELECT FROM (
            SELECT d.id AS document, (p ->> 'chunk')::uuid AS id
            FROM %s d CROSS JOIN LATERAL jsonb_array_elements(d.layout) p) named
          WHERE named.document = c.document AND named.id = c.id)\
        """
            .formatted(tables.chunks(), tables.documents());
    try (Statement statement = connection.createStatement()) {
      return statement.executeLargeUpdate(sql);
    }
  }

  /** How many chunks are stored. */
  static long left(Connection connection, Tables tables) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM " + tables.chunks())) {
      row.next();
      return row.getLong(1);
    }
  }
}
