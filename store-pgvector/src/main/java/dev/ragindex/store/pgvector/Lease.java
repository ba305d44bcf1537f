package dev.ragindex.store.pgvector;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * A connection of the user's, in a transaction, for as long as it is needed; given back as it came,
 * since it may belong to a pool. What was not committed is rolled back.
 */
final class Lease implements AutoCloseable {

  private final Connection connection;
  private final boolean autoCommit;
  private final boolean readOnly;

  private Lease(Connection connection) throws SQLException {
    this.connection = connection;
    this.autoCommit = connection.getAutoCommit();
    this.readOnly = connection.isReadOnly();
  }

  /** For statements that see one commit each. */
  static Lease ofReader(DataSource database) throws SQLException {
    return take(database, true);
  }

  /** For statements that all see the same commit, the last one as of the first of them. */
  static Lease ofSnapshot(DataSource database) throws SQLException {
    Lease lease = take(database, true);
    try (Statement statement = lease.connection.createStatement()) {
      statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
      return lease;
    } catch (SQLException e) {
      lease.closeAfter(e);
      throw e;
    }
  }

  /** For writing. */
  static Lease ofWriter(DataSource database) throws SQLException {
    return take(database, false);
  }

  private static Lease take(DataSource database, boolean forReading) throws SQLException {
    Connection connection = connect(database);
    try {
      Lease lease = new Lease(connection);
      connection.setReadOnly(forReading);
      connection.setAutoCommit(false);
      return lease;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** Pools give up when the thread is interrupted; the interrupt is still there afterwards. */
  private static Connection connect(DataSource database) throws SQLException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return database.getConnection();
        } catch (SQLException e) {
          if (!Thread.interrupted()) {
            throw e;
          }
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  Connection connection() {
    return connection;
  }

  @Override
  public void close() throws SQLException {
    try (Connection given = connection) {
      given.rollback();
      given.setAutoCommit(autoCommit);
      given.setReadOnly(readOnly);
    }
  }

  /** Gives the connection back after a failure, which is what the caller is to hear of. */
  void closeAfter(Throwable failure) {
    try {
      close();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  /** Ends the connection for good, so that no pool gives it to anyone else. */
  void abandon() {
    try (Connection given = connection) {
      given.abort(Runnable::run);
    } catch (SQLException e) {
      // It is gone anyway, which is what was wanted.
    }
  }
}
