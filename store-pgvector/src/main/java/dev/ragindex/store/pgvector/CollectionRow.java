package dev.ragindex.store.pgvector;

import dev.ragindex.api.IndexingException;
import dev.ragindex.api.Settings;
import dev.ragindex.api.Stage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What the database keeps once for a collection.
 *
 * @param format version of the tables
 * @param revision number of the last commit
 * @param settings what the index remembers about itself
 * @param chunks how many there are
 * @param epoch how many writers there have been; a writer of an older epoch is fenced off
 * @param language text search configuration of the chunks' words; empty if they are plain
 */
record CollectionRow(
    int format, long revision, Settings settings, long chunks, long epoch, String language) {

  /** Version of the tables. */
  static final int FORMAT = 2;

  private static final String SELECT =
      "SELECT format, revision, dimension, settings, chunks, epoch, language, metric FROM %s"
          + " WHERE name = ?";

  private static final String METRIC = "cosine";

  /** Reads the row; null if there is none. */
  static @Nullable CollectionRow read(Connection connection, Tables tables) throws SQLException {
    return select(connection, tables, SELECT);
  }

  /** Reads the row and keeps any other writer from it until the transaction ends. */
  static @Nullable CollectionRow readLocked(Connection connection, Tables tables)
      throws SQLException {
    return select(connection, tables, SELECT + " FOR UPDATE");
  }

  private static @Nullable CollectionRow select(Connection connection, Tables tables, String sql)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(sql.formatted(tables.collections()))) {
      select.setString(1, tables.name());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? of(row, tables) : null;
      }
    }
  }

  private static CollectionRow of(ResultSet row, Tables tables) throws SQLException {
    int format = row.getInt(1);
    if (format > FORMAT || !METRIC.equals(row.getString(8))) {
      throw new IndexingException(
          Stage.STORE,
          IndexingException.Kind.INFRASTRUCTURE,
          "%s has format %d (%s), this version of rag-index reads up to %d (%s); use the version that wrote it"
              .formatted(tables.label(), format, row.getString(8), FORMAT, METRIC));
    }
    return new CollectionRow(
        format,
        row.getLong(2),
        RecordJson.settings(row.getInt(3), row.getString(4)),
        row.getLong(5),
        row.getLong(6),
        row.getString(7));
  }

  /** Whether the chunks' words are {@link PlainWords}, and not made by the server. */
  boolean hasPlainWords() {
    return language.isEmpty();
  }

  /** The row as the next commit leaves it. */
  CollectionRow next(Settings newSettings, long newChunks) {
    return new CollectionRow(format, revision + 1, newSettings, newChunks, epoch, language);
  }

  /** Writes what a commit changes. */
  void write(Connection connection, Tables tables) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE %s SET revision = ?, dimension = ?, settings = ?::jsonb, chunks = ? WHERE name = ?"
                .formatted(tables.collections()))) {
      update.setLong(1, revision);
      update.setInt(2, settings.dimension());
      update.setString(3, RecordJson.encode(settings));
      update.setLong(4, chunks);
      update.setString(5, tables.name());
      update.executeUpdate();
    }
  }
}
