package dev.ragindex.store.pgvector;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Gives the space of deleted rows back, while no writer is open. Plain VACUUM, which waits for no
 * reader: what rows took is free to be written over, and pages at the end of a table go.
 */
final class Compaction {

  private Compaction() {}

  static void run(DataSource database, Tables tables) throws SQLException {
    try (Lease lease = Lease.ofWriter(database)) {
      Connection connection = lease.connection();
      if (CollectionRow.read(connection, tables) == null) {
        return;
      }
      WriterLock lock = new WriterLock(connection, tables);
      lock.take(WriterLock.Scope.SESSION);
      try {
        vacuum(connection, tables);
      } finally {
        lock.unlock();
      }
    } catch (SQLException e) {
      if (!StoreFailure.isUndefinedTable(e)) {
        throw e;
      }
    }
  }

  /** Not possible within a transaction. */
  private static void vacuum(Connection connection, Tables tables) throws SQLException {
    connection.commit();
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      statement.execute("VACUUM " + tables.chunks() + ", " + tables.documents());
    } finally {
      connection.setAutoCommit(false);
    }
  }
}
