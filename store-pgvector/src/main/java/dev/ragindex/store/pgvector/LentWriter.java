package dev.ragindex.store.pgvector;

import dev.ragindex.api.Mutation;
import dev.ragindex.api.StoreWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A writer in a transaction of the caller's: it ends nothing but what it began itself. */
final class LentWriter implements StoreWriter {

  private final Connection connection;
  private final Tables tables;
  private final long epoch;
  private boolean closed;

  private LentWriter(Connection connection, Tables tables, long epoch) {
    this.connection = connection;
    this.tables = tables;
    this.epoch = epoch;
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
    if (closed) {
      throw new IllegalStateException(
          "the writer of %s is closed; open a new one".formatted(tables.label()));
    }
    return StoreFailure.guard("writing to " + tables.label(), () -> apply(batch));
  }

  private long apply(List<Mutation> batch) throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      long revision = new BatchTransaction(connection, tables, epoch).apply(batch);
      connection.releaseSavepoint(before);
      return revision;
    } catch (SQLException | RuntimeException | Error e) {
      connection.rollback(before);
      throw e;
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
