package dev.ragindex.store.pgvector;

import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Gives tests a real PostgreSQL with pgvector: {@code @ExtendWith} it and take a {@link DataSource}
 * or a {@link Connection} as a parameter. Each connection is new, that of a parameter is closed
 * after its test, and all look into a schema that belongs to the test class and is dropped after
 * it.
 *
 * <p>The server is, in this order: the one whose JDBC URL is in {@code RAG_INDEX_TEST_PGVECTOR};
 * one that {@code src/test/scripts/scratch-postgres.sh} starts, shared by all tests and stopped at
 * the end. Where there is none the tests are skipped, loudly; with {@code CI=true} they fail.
 */
final class ScratchPostgres implements ExecutionCondition, ParameterResolver {

  private static final String URL_VARIABLE = "RAG_INDEX_TEST_PGVECTOR";
  private static final Namespace NAMESPACE = Namespace.create(ScratchPostgres.class);

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Server server = server(context);
    if (server.url != null) {
      return ConditionEvaluationResult.enabled("there is a PostgreSQL");
    }
    String reason =
        "NO POSTGRESQL FOR THE TESTS OF store-pgvector: set %s to the JDBC URL of a database with"
                .formatted(URL_VARIABLE)
            + " pgvector, or run on Debian, where they bring their own; reasons are above";
    if (Boolean.parseBoolean(System.getenv("CI"))) {
      throw new IllegalStateException(reason);
    }
    return ConditionEvaluationResult.disabled(reason);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Connection.class || type == DataSource.class || type == PGSimpleDataSource.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Schema schema =
        ofClass(context)
            .getStore(NAMESPACE)
            .computeIfAbsent(Schema.class, key -> new Schema(server(context)), Schema.class);
    if (parameter.getParameter().getType() == DataSource.class) {
      return schema.pool();
    }
    if (parameter.getParameter().getType() == PGSimpleDataSource.class) {
      return schema.unpooled();
    }
    Connection connection = schema.connect();
    context.getStore(NAMESPACE).put(connection, connection);
    return connection;
  }

  private static ExtensionContext ofClass(ExtensionContext context) {
    ExtensionContext ofClass = context;
    while (ofClass.getTestMethod().isPresent()) {
      ofClass = ofClass.getParent().orElseThrow();
    }
    return ofClass;
  }

  private static Server server(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(Server.class, key -> Server.find(), Server.class);
  }

  /** A schema of its own, dropped with all that is in it. */
  private static final class Schema implements AutoCloseable {

    private HikariDataSource pool;
    private final Server server;
    private final String name =
        "rag_index_test_" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());

    Schema(Server server) {
      this.server = server;
      execute("CREATE SCHEMA " + name);
    }

    Connection connect() {
      try {
        Connection connection = DriverManager.getConnection(server.url);
        connection.setSchema(name);
        return connection;
      } catch (SQLException e) {
        throw new IllegalStateException("cannot connect to the tests' PostgreSQL", e);
      }
    }

    /** Makes a new connection each time. */
    PGSimpleDataSource unpooled() {
      PGSimpleDataSource dataSource = new PGSimpleDataSource();
      dataSource.setUrl(server.url);
      dataSource.setCurrentSchema(name);
      return dataSource;
    }

    /** A pool as users have it: what a test leaves behind in a connection, another one meets. */
    synchronized DataSource pool() {
      if (pool == null) {
        pool = new HikariDataSource();
        pool.setJdbcUrl(server.url);
        pool.setSchema(name);
        pool.setMaximumPoolSize(10);
        pool.setMinimumIdle(0);
      }
      return pool;
    }

    @Override
    public void close() {
      if (pool != null) {
        pool.close();
      }
      execute("DROP SCHEMA " + name + " CASCADE");
    }

    private void execute(String sql) {
      try (Connection connection = DriverManager.getConnection(server.url);
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      } catch (SQLException e) {
        throw new IllegalStateException(sql + " failed", e);
      }
    }
  }

  /** The server, or that there is none. */
  private static final class Server implements AutoCloseable {

    private static final long SECONDS_TO_STOP = 90;

    /** Null if there is none. */
    private final String url;

    /** Null if the server is not ours. */
    private final Process script;

    private Server(String url, Process script) {
      this.url = url;
      this.script = script;
    }

    static Server find() {
      String given = System.getenv(URL_VARIABLE);
      Server server = given != null ? new Server(given, null) : start();
      if (server.url == null) {
        System.err.println(
            "store-pgvector: no PostgreSQL to test with: its tests are skipped (with CI=true:"
                + " fail). Set "
                + URL_VARIABLE
                + " to a JDBC URL, or run on Debian.");
      }
      return server;
    }

    private static Server start() {
      try {
        Process script =
            new ProcessBuilder(
                    "bash",
                    Path.of("src/test/scripts/scratch-postgres.sh").toAbsolutePath().toString(),
                    Path.of("target/scratch-postgres").toAbsolutePath().toString())
                .redirectError(Redirect.INHERIT)
                .start();
        BufferedReader out = script.inputReader(StandardCharsets.UTF_8);
        return new Server(out.readLine(), script);
      } catch (IOException e) {
        System.err.println("store-pgvector: " + e.getMessage());
        return new Server(null, null);
      }
    }

    /** Ends the script's input, upon which it stops the server and clears up. */
    @Override
    public void close() {
      if (script == null) {
        return;
      }
      try {
        script.getOutputStream().close();
        if (!script.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
          throw new IllegalStateException("scratch-postgres.sh does not end: pid " + script.pid());
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot stop the tests' PostgreSQL", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
