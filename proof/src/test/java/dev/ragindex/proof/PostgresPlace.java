package dev.ragindex.proof;

import dev.ragindex.api.VectorStore;
import dev.ragindex.store.pgvector.PgVectorStore;
import dev.ragindex.test.postgres.TestSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A schema with a PostgreSQL store. A process that dies loses its connections; the server notices
 * by itself, ends their transactions and gives up their locks.
 */
final class PostgresPlace implements Place {

  private final TestSchema postgres;
  private final boolean stepByStatement;
  private final Queue<Opened> opened = new ConcurrentLinkedQueue<>();

  /**
   * An empty place.
   *
   * @param postgres the schema
   * @param stepByStatement whether each statement is a step of a process's life
   */
  PostgresPlace(TestSchema postgres, boolean stepByStatement) {
    this.postgres = postgres;
    this.stepByStatement = stepByStatement;
  }

  @Override
  public VectorStore open(Lifetime life) {
    return PgVectorStore.at(
        new TappedDatabase(
            postgres.url(),
            () -> step(life),
            connection ->
                opened.add(new Opened(connection, TappedDatabase.backend(connection), life))));
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

  /** Nothing reaches the server any more when the process is dead. */
  private void step(Lifetime life) throws SQLException {
    if (life.over()) {
      throw new SQLException("the process is dead", "08006");
    }
    if (stepByStatement) {
      life.step();
    }
  }

  private record Opened(Connection connection, int backend, Lifetime life) {}
}
