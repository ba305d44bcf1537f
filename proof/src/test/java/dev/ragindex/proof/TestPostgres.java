package dev.ragindex.proof;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A schema of its own in a real PostgreSQL with pgvector: the one whose JDBC URL is in {@code
 * RAG_INDEX_TEST_PGVECTOR}, or one that store-pgvector's script starts and that ends with this JVM.
 * Where there is none a test is skipped; with {@code CI=true} it fails.
 */
final class TestPostgres implements AutoCloseable {

  private static final String SERVER = find();

  private final String schema =
      "rag_index_test_" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());

  TestPostgres() {
    if (SERVER == null) {
      String reason = "no PostgreSQL with pgvector: set RAG_INDEX_TEST_PGVECTOR to a JDBC URL";
      if (Boolean.parseBoolean(System.getenv("CI"))) {
        throw new IllegalStateException(reason);
      }
      abort(reason);
    }
    execute("CREATE SCHEMA " + schema);
  }

  /** The URL, with user and password, of connections that look into the schema. */
  String url() {
    return SERVER + (SERVER.contains("?") ? "&" : "?") + "currentSchema=" + schema;
  }

  /** What connects to the schema. */
  PGSimpleDataSource database() {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(url());
    return database;
  }

  @Override
  public void close() {
    execute("DROP SCHEMA " + schema + " CASCADE");
  }

  private void execute(String sql) {
    try (Connection connection = database().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql + " failed", e);
    }
  }

  /** The script serves until its input ends, which is at the latest when this JVM does. */
  private static String find() {
    String given = System.getenv("RAG_INDEX_TEST_PGVECTOR");
    if (given != null) {
      return given;
    }
    try {
      Path script = Path.of("../store-pgvector/src/test/scripts/scratch-postgres.sh");
      return new ProcessBuilder(
              "bash", script.toString(), Path.of("target/scratch-postgres").toString())
          .redirectError(Redirect.INHERIT)
          .start()
          .inputReader(StandardCharsets.UTF_8)
          .readLine();
    } catch (IOException e) {
      System.err.println("no PostgreSQL to test with: " + e.getMessage());
      return null;
    }
  }
}
