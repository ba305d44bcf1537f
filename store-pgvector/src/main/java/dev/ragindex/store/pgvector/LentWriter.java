package dev.ragindex.store.pgvector;

import dev.ragindex.api.Mutation;
import dev.ragindex.api.StoreWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A writer in a transaction of the caller's: it ends nothing but what it began itself. */
final class LentWriter implements StoreWriter {

  private final Connection connection;
  private final Tables tables;
  private final long epoch;
  private final String transaction;
  private boolean closed;

  private LentWriter(Connection connection, Tables tables, long epoch) throws SQLException {
    this.connection = connection;
    this.tables = tables;
    this.epoch = epoch;
    this.transaction = transaction(connection);
  }

  /** Takes the lock until the transaction ends, makes the tables if there are none. */
  static LentWriter open(Connection connection, Tables tables, @Nullable String language)
      throws SQLException {
    WriterLock lock = new WriterLock(connection, tables);
    lock.take(WriterLock.Scope.TRANSACTION);
    new TableSetUp(connection, tables).run(language);
    return new LentWriter(connection, tables, lock.raiseEpoch());
  }

  @Override
  public long commit(List<Mutation> batch) {
    return write(changes -> changes.apply(batch));
  }

  @Override
  public long sweep() {
    return write(BatchTransaction::sweep);
  }

  private long write(BatchTransaction.Work work) {
    if (closed) {
      throw new IllegalStateException(
          "the writer of %s is closed; open a new one".formatted(tables.label()));
    }
    return StoreFailure.guard("writing to " + tables.label(), () -> orRollBack(work));
  }

  private long orRollBack(BatchTransaction.Work work) throws SQLException {
    if (!transaction(connection).equals(transaction)) {
      // The lock went with it; and if it was rolled back, another writer may have the same epoch.
      throw new IllegalStateException(
          "the transaction of this writer of %s has ended; open a new one"
              .formatted(tables.label()));
    }
    Savepoint before = connection.setSavepoint();
    try {
      long result = work.in(new BatchTransaction(connection, tables, epoch));
      connection.releaseSavepoint(before);
      return result;
    } catch (SQLException | RuntimeException | Error e) {
      connection.rollback(before);
      throw e;
    }
  }

  private static String transaction(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_current_xact_id()::text")) {
      row.next();
      return row.getString(1);
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
