package dev.ragindex.store.pgvector;

import com.zaxxer.hikari.HikariDataSource;
import dev.ragindex.test.postgres.TestSchema;
import dev.ragindex.test.postgres.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.TestAbortedException;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Gives tests a real PostgreSQL with pgvector ({@link TestServer}): {@code @ExtendWith} it and take
 * a {@link DataSource} or a {@link Connection} as a parameter. Each connection is new, that of a
 * parameter is closed after its test, and all look into a schema that belongs to the test class and
 * is dropped after it.
 */
final class ScratchPostgres implements ExecutionCondition, ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(ScratchPostgres.class);

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    try {
      TestServer.url();
      return ConditionEvaluationResult.enabled("there is a PostgreSQL");
    } catch (TestAbortedException e) {
      return ConditionEvaluationResult.disabled(e.getMessage());
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Connection.class || type == DataSource.class || type == PGSimpleDataSource.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    OfClass schema =
        ofClass(context)
            .getStore(NAMESPACE)
            .computeIfAbsent(OfClass.class, key -> new OfClass(), OfClass.class);
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

  /** The schema of a test class. */
  private static final class OfClass implements AutoCloseable {

    private final TestSchema schema = new TestSchema();
    private HikariDataSource pool;

    Connection connect() {
      try {
        return unpooled().getConnection();
      } catch (SQLException e) {
        throw new IllegalStateException("cannot connect to the tests' PostgreSQL", e);
      }
    }

    PGSimpleDataSource unpooled() {
      return schema.database();
    }

    /** A pool as users have it: what a test leaves behind in a connection, another one meets. */
    synchronized DataSource pool() {
      if (pool == null) {
        pool = new HikariDataSource();
        pool.setJdbcUrl(schema.server());
        pool.setSchema(schema.name());
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
      schema.close();
    }
  }
}
