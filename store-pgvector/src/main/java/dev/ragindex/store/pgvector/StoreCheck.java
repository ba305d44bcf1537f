package dev.ragindex.store.pgvector;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Holds records against chunks, and looks for indexes that are not valid. Each query yields one
 * sentence a row, a hundred rows at most.
 */
final class StoreCheck {

  private static final String MISPLACED =
      """
      SELECT format('%%s:%%s: chunk %%s of its layout is not stored under its embedding key.',
        d.source, d.key, p ->> 'chunk')
      FROM %1$s d CROSS JOIN LATERAL jsonb_array_elements(d.layout) p
      WHERE NOT EXISTS (
        SELECT FROM %2$s c WHERE c.document = d.id AND c.id = (p ->> 'chunk')::uuid
          AND c.embedding_key = decode(p ->> 'key', 'hex'))
      LIMIT 100\
      """;

  private static final String COUNTS =
      """
      SELECT format('Records name %%s chunks, the collection counts %%s, but %%s are stored.',
        named, counted, stored)
      FROM (SELECT
        (SELECT coalesce(sum(jsonb_array_length(layout)), 0) FROM %1$s) AS named,
        (SELECT chunks FROM %3$s WHERE name = %4$s) AS counted,
        (SELECT count(*) FROM %2$s) AS stored) s
      WHERE named <> stored OR counted <> stored\
      """;

  private static final String WRONG_DIMENSION =
      """
      SELECT format('%%s:%%s: chunk %%s has a vector of %%s floats.', d.source, d.key, c.id, n)
      FROM %2$s c JOIN %1$s d ON d.id = c.document
      CROSS JOIN LATERAL (SELECT %5$s(c.embedding) AS n) v
      WHERE n <> (SELECT dimension FROM %3$s WHERE name = %4$s)
      LIMIT 100\
      """;

  private static final String INVALID_INDEX =
      """
      SELECT format('Index %%s is not valid; closing a writer drops and builds it.', indexrelid::regclass)
      FROM pg_catalog.pg_index
      WHERE indrelid IN (to_regclass(%6$s), to_regclass(%7$s)) AND NOT indisvalid\
      """;

  private StoreCheck() {}

  static List<String> findings(DataSource database, Tables tables) throws SQLException {
    List<String> findings = new ArrayList<>();
    try (Lease lease = Lease.ofSnapshot(database)) {
      Connection connection = lease.connection();
      if (CollectionRow.read(connection, tables) != null) {
        for (String query : List.of(MISPLACED, COUNTS, WRONG_DIMENSION, INVALID_INDEX)) {
          findings.addAll(sentences(connection, filled(query, tables)));
        }
      }
    } catch (SQLException e) {
      if (!StoreFailure.isUndefinedTable(e)) {
        throw e;
      }
    }
    return findings;
  }

  private static String filled(String query, Tables tables) {
    return query.formatted(
        tables.documents(),
        tables.chunks(),
        tables.collections(),
        literal(tables.name()),
        tables.pgvector("vector_dims"),
        literal(tables.documents()),
        literal(tables.chunks()));
  }

  /** A text as SQL, whatever the server's setting for backslashes. */
  private static String literal(String text) {
    return "E'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  private static List<String> sentences(Connection connection, String query) throws SQLException {
    List<String> sentences = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        sentences.add(rows.getString(1));
      }
    }
    return sentences;
  }
}
