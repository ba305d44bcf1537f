package dev.ragindex.store.pgvector;

import dev.ragindex.api.VectorStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Facts about a collection for status pages. */
final class StoreInfo {

  private StoreInfo() {}

  static VectorStore.Info read(Connection connection, @Nullable Tables tables, String label)
      throws SQLException {
    String location = label + " of " + server(connection);
    if (tables == null) {
      return new VectorStore.Info(location, 0, 0, null);
    }
    long bytes = bytes(connection, tables);
    CollectionRow row = bytes == 0 ? null : CollectionRow.read(connection, tables);
    return new VectorStore.Info(location, row == null ? 0 : row.format(), bytes, null);
  }

  private static String server(Connection connection) throws SQLException {
    String sql =
        "SELECT current_database(), coalesce(host(inet_server_addr()), 'localhost'),"
            + " coalesce(inet_server_port()::text, 'a socket')";
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      row.next();
      return "database '%s' at %s:%s"
          .formatted(row.getString(1), row.getString(2), row.getString(3));
    }
  }

  private static long bytes(Connection connection, Tables tables) throws SQLException {
    String sql =
        "SELECT coalesce(sum(pg_total_relation_size(t)), 0) FROM unnest(ARRAY[to_regclass(?),"
            + " to_regclass(?)]) t";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, tables.documents());
      select.setString(2, tables.chunks());
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
