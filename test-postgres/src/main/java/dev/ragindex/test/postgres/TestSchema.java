package dev.ragindex.test.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.postgresql.ds.PGSimpleDataSource;

/** A schema of its own, dropped with all that is in it. */
public final class TestSchema implements AutoCloseable {

  private final String server;
  private final String name =
      "rag_index_test_" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());

  /** Makes one in the {@link TestServer}; where there is none, the running test is skipped. */
  public TestSchema() {
    this(TestServer.url());
  }

  /**
   * Makes one.
   *
   * @param server JDBC URL with user and password
   */
  public TestSchema(String server) {
    this.server = server;
    execute("CREATE SCHEMA " + name);
  }

  /**
   * Its name.
   *
   * @return needs no quotes
   */
  public String name() {
    return name;
  }

  /**
   * Where its server is.
   *
   * @return JDBC URL, with user and password, of connections that look elsewhere
   */
  public String server() {
    return server;
  }

  /**
   * Where it is.
   *
   * @return JDBC URL, with user and password, of connections that look into the schema
   */
  public String url() {
    return server + (server.contains("?") ? "&" : "?") + "currentSchema=" + name;
  }

  /**
   * What connects to it.
   *
   * @return makes a new connection each time
   */
  public PGSimpleDataSource database() {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(url());
    return database;
  }

  @Override
  public void close() {
    execute("DROP SCHEMA " + name + " CASCADE");
  }

  private void execute(String sql) {
    try (Connection connection = DriverManager.getConnection(server);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql + " failed", e);
    }
  }
}
