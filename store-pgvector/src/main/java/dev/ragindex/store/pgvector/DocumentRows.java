package dev.ragindex.store.pgvector;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.Placement;
import dev.ragindex.api.Problem;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The records of documents as rows: written many at a time, read one by one. */
final class DocumentRows {

  /** What {@link #state} reads. */
  static final String STATE =
      "d.source, d.key, d.version, d.bytes, d.text, d.metadata_print, d.pipeline, d.characters,"
          + " d.chunks, d.problem, d.metadata, d.sequence, d.deleted";

  /** Documents that count: with an indexed version or a problem, no tombstones. */
  static final String COUNTED = "NOT deleted AND (bytes IS NOT NULL OR problem IS NOT NULL)";

  private static final String COLUMNS =
      "source, key, version, bytes, text, metadata_print, pipeline, characters, chunks, problem,"
          + " metadata, sequence, deleted";

  private static final String VALUES =
      "?::uuid[], ?::text[], ?::text[], ?::text[], ?::bytea[], ?::bytea[], ?::bytea[], ?::bytea[],"
          + " ?::int[], ?::int[], ?::text[]::jsonb[], ?::text[]::jsonb[], ?::bigint[],"
          + " ?::boolean[]";

  private DocumentRows() {}

  /** Writes records with their layouts. */
  static void put(Connection connection, Tables tables, List<Mutation.Put> puts)
      throws SQLException {
    String columns = COLUMNS + ", layout";
    try (PreparedStatement upsert =
        connection.prepareStatement(upsert(tables, columns, ", ?::text[]::jsonb[]"))) {
      bind(new SqlArrays<>(upsert, puts), Mutation.Put::state)
          .add("text", put -> RecordJson.encode(put.layout()));
      upsert.executeUpdate();
    }
  }

  /** Writes records and leaves layouts as they are. */
  static void note(Connection connection, Tables tables, List<Mutation.Note> notes)
      throws SQLException {
    try (PreparedStatement upsert = connection.prepareStatement(upsert(tables, COLUMNS, ""))) {
      bind(new SqlArrays<>(upsert, notes), Mutation.Note::state);
      upsert.executeUpdate();
    }
  }

  /** Removes records. */
  static void remove(Connection connection, Tables tables, Collection<DocumentId> documents)
      throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM " + tables.documents() + " WHERE id = ANY (?::uuid[])")) {
      new SqlArrays<>(delete, documents).add("uuid", Tables::idOf);
      delete.executeUpdate();
    }
  }

  private static String upsert(Tables tables, String columns, String moreValues) {
    return "INSERT INTO %s AS d (id, %s) SELECT * FROM unnest(%s) ON CONFLICT (id) DO UPDATE SET (%s) = ROW (%s)"
        .formatted(
            tables.documents(),
            columns,
            VALUES + moreValues,
            columns,
            "excluded." + columns.replace(", ", ", excluded."));
  }

  private static <T> SqlArrays<T> bind(SqlArrays<T> arrays, Function<T, DocumentState> state)
      throws SQLException {
    return arrays
        .add("uuid", row -> Tables.idOf(state.apply(row).id()))
        .add("text", row -> state.apply(row).id().source())
        .add("text", row -> state.apply(row).id().key())
        .add("text", row -> indexed(state.apply(row), DocumentState.Indexed::version))
        .addBytes(row -> print(state.apply(row), DocumentState.Indexed::bytes))
        .addBytes(row -> print(state.apply(row), DocumentState.Indexed::text))
        .addBytes(row -> print(state.apply(row), DocumentState.Indexed::metadata))
        .addBytes(row -> print(state.apply(row), DocumentState.Indexed::pipeline))
        .add("int4", row -> indexed(state.apply(row), DocumentState.Indexed::characters))
        .add("int4", row -> indexed(state.apply(row), DocumentState.Indexed::chunks))
        .add("text", row -> problem(state.apply(row).problem()))
        .add("text", row -> MetadataJson.encode(state.apply(row).metadata()))
        .add("int8", row -> state.apply(row).sequence())
        .add("bool", row -> state.apply(row).deleted());
  }

  private static @Nullable Object indexed(
      DocumentState state, Function<DocumentState.Indexed, @Nullable Object> part) {
    DocumentState.Indexed indexed = state.indexed();
    return indexed == null ? null : part.apply(indexed);
  }

  private static byte @Nullable [] print(
      DocumentState state, Function<DocumentState.Indexed, Fingerprint> part) {
    DocumentState.Indexed indexed = state.indexed();
    return indexed == null ? null : part.apply(indexed).bytes();
  }

  private static @Nullable String problem(@Nullable Problem problem) {
    return problem == null ? null : RecordJson.encode(problem);
  }

  /** The state in a row of {@link #STATE}. */
  static DocumentState state(ResultSet row) throws SQLException {
    String problem = row.getString(10);
    return new DocumentState(
        new DocumentId(row.getString(1), row.getString(2)),
        row.getBytes(4) == null ? null : indexed(row),
        problem == null ? null : RecordJson.problem(problem),
        MetadataJson.decode(row.getString(11)),
        row.getLong(12),
        row.getBoolean(13));
  }

  private static DocumentState.Indexed indexed(ResultSet row) throws SQLException {
    return new DocumentState.Indexed(
        row.getString(3),
        Fingerprint.of(row.getBytes(4)),
        Fingerprint.of(row.getBytes(5)),
        Fingerprint.of(row.getBytes(6)),
        Fingerprint.of(row.getBytes(7)),
        row.getInt(8),
        row.getInt(9));
  }

  /** A layout as its column has it. */
  static List<Placement> layout(String column) {
    return RecordJson.layout(column);
  }
}
