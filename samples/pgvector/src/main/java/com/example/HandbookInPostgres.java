package com.example;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.ragindex.api.SearchRequest;
import dev.ragindex.core.RagIndex;
import dev.ragindex.core.SyncReport;
import dev.ragindex.core.source.FolderSource;
import dev.ragindex.embedder.onnx.OnnxEmbedder;
import dev.ragindex.parsers.TikaParser;
import dev.ragindex.store.pgvector.PgVectorStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * An application with a database: its own table, and beside it the index of a folder. What a search
 * finds is joined with the application's rows.
 */
public final class HandbookInPostgres {

  private final DataSource database;

  private HandbookInPostgres(DataSource database) {
    this.database = database;
  }

  /**
   * Runs the program.
   *
   * @param args the folder, and the JDBC URL of the database
   * @throws SQLException if the database fails
   */
  public static void main(String[] args) throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(args[1]);
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.setMaximumPoolSize(5); // a sync takes up to three, a search one
    try (HikariDataSource pool = new HikariDataSource(config)) {
      new HandbookInPostgres(pool).run(Path.of(args[0]));
    }
  }

  private void run(Path folder) throws SQLException {
    createOwners();
    try (RagIndex index =
        RagIndex.builder()
            .store(PgVectorStore.builder(database).collection("handbook").build())
            .parser(TikaParser.create())
            .embedder(OnnxEmbedder.miniLm())
            .build()) {
      SyncReport report = index.sync(FolderSource.of("handbook", folder));
      System.out.println(report.added() + " added, " + report.chunks().embedded() + " embedded");
      for (var hit :
          index.search(
              SearchRequest.of("How many days of leave?").mode(SearchRequest.Mode.HYBRID).top(3))) {
        String key = hit.document().key();
        System.out.println(hit.score() + " " + key + ", ask " + owner(key) + ": " + hit.text());
      }
    }
  }

  /** The application's own table: who answers for which part of the handbook. */
  private void createOwners() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE IF NOT EXISTS owners (part text PRIMARY KEY, name text)");
      statement.execute(
          "INSERT INTO owners VALUES ('people', 'Human Resources'), ('it', 'Service Desk'),"
              + " ('office', 'Front Desk') ON CONFLICT DO NOTHING");
    }
  }

  private String owner(String key) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement find =
            connection.prepareStatement(
                "SELECT name FROM owners WHERE part = split_part(?, '/', 1)")) {
      find.setString(1, key);
      try (ResultSet row = find.executeQuery()) {
        return row.next() ? row.getString(1) : "nobody";
      }
    }
  }
}
