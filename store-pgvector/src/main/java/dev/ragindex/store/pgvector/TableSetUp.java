package dev.ragindex.store.pgvector;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Makes a collection's tables, in the transaction of a writer that is about to open.
 *
 * <p>A chunk's row stays in one piece as long as a page holds it. Cut at 2 KB, as is usual, every
 * comparison would first fetch the vector from another table.
 *
 * <p>All that can change while a chunk's text does not is in {@code documents}; a row of {@code
 * chunks} is written once. Vectors are kept as {@code vector} of any dimension, since a store's
 * dimension is decided by its first vector and may change once it is empty; the graph's index casts
 * them ({@link SearchIndexes}). There is no foreign key from chunks to documents: it would cost
 * each chunk a look-up and guard against nobody, as one writer writes both in one transaction.
 */
final class TableSetUp {

  /** Any number that nobody else takes: guards the making of {@link Tables#collections()}. */
  private static final long SET_UP_LOCK = 0x7261_675f_696e_6478L;

  private final Connection connection;
  private final Tables tables;

  TableSetUp(Connection connection, Tables tables) {
    this.connection = connection;
    this.tables = tables;
  }

  /**
   * Makes the tables if there are none.
   *
   * @param language text search configuration, or null for that of the tables; if there are none,
   *     for {@link PlainWords}
   * @throws IllegalArgumentException if the tables have another language, or there is none such
   */
  void run(@Nullable String language) throws SQLException {
    CollectionRow present = present();
    if (present == null) {
      awaitOthers();
      present = present();
    }
    if (present == null) {
      String known = language == null ? "" : known(language);
      create(known);
      insert(known);
    } else if (language != null && !known(language).equals(present.language())) {
      throw new IllegalArgumentException(
          "the words of %s are those of %s, not of %s; leave the language out, or use another collection"
              .formatted(
                  tables.label(),
                  present.hasPlainWords() ? "no language" : present.language(),
                  language));
    }
  }

  private @Nullable CollectionRow present() throws SQLException {
    return tables.areSetUp(connection) ? CollectionRow.read(connection, tables) : null;
  }

  private void awaitOthers() throws SQLException {
    try (PreparedStatement wait = connection.prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
      wait.setLong(1, SET_UP_LOCK);
      wait.execute();
    }
  }

  /** A text search configuration by its full name, fit to stand in a statement. */
  private String known(String language) throws SQLException {
    try (PreparedStatement find =
        connection.prepareStatement(
            "SELECT quote_ident(n.nspname) || '.' || quote_ident(c.cfgname)"
                + " FROM pg_catalog.pg_ts_config c"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = c.cfgnamespace"
                + " WHERE c.cfgname = ? OR n.nspname || '.' || c.cfgname = ?"
                + " ORDER BY n.nspname <> 'pg_catalog' LIMIT 1")) {
      find.setString(1, language);
      find.setString(2, language);
      try (ResultSet found = find.executeQuery()) {
        if (found.next()) {
          return found.getString(1);
        }
      }
    }
    throw new IllegalArgumentException(
        "PostgreSQL has no text search configuration '%s'; \\dF in psql lists them"
            .formatted(language));
  }

  private void create(String language) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(collections());
      statement.execute(documents());
      statement.execute(chunks(language));
      statement.execute(
          "CREATE INDEX %s ON %s (source)"
              .formatted(tables.index("source_index"), tables.documents()));
      statement.execute(
          "CREATE INDEX %s ON %s USING gin (metadata jsonb_path_ops)"
              .formatted(tables.index("metadata_index"), tables.documents()));
      statement.execute(
          "CREATE INDEX %s ON %s (embedding_key)"
              .formatted(tables.index("key_index"), tables.chunks()));
    }
  }

  private String collections() {
    return """
    CREATE TABLE IF NOT EXISTS %s (
      name text PRIMARY KEY,
      format int NOT NULL,
      generation int NOT NULL,
      dimension int NOT NULL,
      metric text NOT NULL,
      language text NOT NULL,
      settings jsonb NOT NULL,
      chunks bigint NOT NULL,
      revision bigint NOT NULL,
      epoch bigint NOT NULL,
      holder text,
      held_since timestamptz
    )\
    """
        .formatted(tables.collections());
  }

  private String documents() {
    return """
    CREATE TABLE %s (
      id uuid PRIMARY KEY,
      source text NOT NULL,
      key text NOT NULL,
      version text,
      bytes bytea,
      text bytea,
      metadata_print bytea,
      pipeline bytea,
      characters int,
      chunks int,
      problem jsonb,
      metadata jsonb NOT NULL,
      sequence bigint NOT NULL,
      deleted boolean NOT NULL,
      layout jsonb NOT NULL DEFAULT '[]'
    )\
    """
        .formatted(tables.documents());
  }

  private String chunks(String language) {
    return """
    CREATE TABLE %s (
      document uuid NOT NULL,
      id uuid NOT NULL,
      embedding_key bytea NOT NULL,
      text text NOT NULL,
      overlap text NOT NULL,
      context text NOT NULL,
      embedding %s NOT NULL,
      words tsvector NOT NULL%s,
      PRIMARY KEY (document, id)
    ) WITH (toast_tuple_target = 8160)\
    """
        .formatted(tables.chunks(), tables.pgvector("vector"), generated(language));
  }

  private static String generated(String language) {
    return language.isEmpty()
        ? ""
        : " GENERATED ALWAYS AS (to_tsvector('%s'::regconfig, text)) STORED"
            .formatted(language.replace("'", "''"));
  }

  private void insert(String language) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO %s (name, format, generation, dimension, metric, language, settings, chunks, revision, epoch)"
                    .formatted(tables.collections())
                + " VALUES (?, ?, ?, 0, 'cosine', ?, '{}', 0, 0, 0)")) {
      insert.setString(1, tables.name());
      insert.setInt(2, CollectionRow.FORMAT);
      insert.setInt(3, Tables.GENERATION);
      insert.setString(4, language);
      insert.executeUpdate();
    }
  }
}
