package dev.ragindex.proof;

import dev.ragindex.api.VectorStore;
import dev.ragindex.store.pgvector.PgVectorStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A schema with a PostgreSQL store. A process that dies loses its connections; the server notices
 * by itself, ends their transactions and gives up their locks.
 */
final class PostgresPlace implements Place {

  private static final Set<String> REACHING =
      Set.of("prepareStatement", "createStatement", "commit", "rollback");

  private final TestPostgres postgres;
  private final boolean stepByStatement;
  private final Queue<Opened> opened = new ConcurrentLinkedQueue<>();

  /**
   * An empty place.
   *
   * @param postgres the schema
   * @param stepByStatement whether each statement is a step of a process's life
   */
  PostgresPlace(TestPostgres postgres, boolean stepByStatement) {
    this.postgres = postgres;
    this.stepByStatement = stepByStatement;
  }

  @Override
  public VectorStore open(Lifetime life) {
    MortalDatabase database = new MortalDatabase(life);
    database.setUrl(postgres.url());
    return PgVectorStore.at(database);
  }

  @Override
  public void crash() {
    List<Opened> dead = opened.stream().filter(one -> one.life().over()).toList();
    try (Connection witness = postgres.database().getConnection()) {
      for (Opened one : dead) {
        one.connection().abort(Runnable::run);
        awaitEnd(one.backend(), witness);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("no crash in order", e);
    }
    opened.removeAll(dead);
  }

  /** As the next process does, which is not as quick as a test. */
  private static void awaitEnd(int backend, Connection witness) throws SQLException {
    try (PreparedStatement look =
        witness.prepareStatement("SELECT FROM pg_stat_activity WHERE pid = ?")) {
      look.setInt(1, backend);
      boolean lives = true;
      while (lives) {
        try (ResultSet row = look.executeQuery()) {
          lives = row.next();
        }
      }
    }
  }

  private record Opened(Connection connection, int backend, Lifetime life) {}

  /** Connections that reach nothing any more when their process is dead. */
  private final class MortalDatabase extends PGSimpleDataSource {

    private static final long serialVersionUID = 1L;

    private final transient Lifetime life;

    MortalDatabase(Lifetime life) {
      this.life = life;
    }

    @Override
    public Connection getConnection() throws SQLException {
      live();
      Connection connection = super.getConnection();
      int backend = connection.unwrap(PGConnection.class).getBackendPID();
      opened.add(new Opened(connection, backend, life));
      return (Connection)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, args) -> call(connection, method, args));
    }

    private Object call(Connection connection, Method method, Object[] args) throws Throwable {
      if (REACHING.contains(method.getName())) {
        live();
      }
      try {
        return method.invoke(connection, args);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }

    private void live() throws SQLException {
      if (life.over()) {
        throw new SQLException("the process is dead", "08006");
      }
      if (stepByStatement) {
        life.step();
      }
    }
  }
}
