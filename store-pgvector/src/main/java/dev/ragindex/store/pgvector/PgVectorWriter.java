package dev.ragindex.store.pgvector;

import dev.ragindex.api.Mutation;
import dev.ragindex.api.StoreWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer of a collection, on a connection of its own that also holds its lock: whoever
 * loses the lock has lost the connection. Each batch is one transaction. After a failure it goes on
 * as long as it has its connection and its epoch.
 */
final class PgVectorWriter implements StoreWriter {

  private static final Logger LOG = LoggerFactory.getLogger(PgVectorWriter.class);

  private enum Life {
    OPEN(""),
    LOST(": its connection is lost"),
    FENCED(": another one has taken over"),
    CLOSED("");

    private final String why;

    Life(String why) {
      this.why = why;
    }
  }

  private final DataSource database;
  private final Lease lease;
  private final Tables tables;
  private final WriterLock lock;
  private final long epoch;
  private final int backend;
  private Life life = Life.OPEN;

  private PgVectorWriter(
      DataSource database, Lease lease, Tables tables, WriterLock lock, long epoch)
      throws SQLException {
    this.database = database;
    this.lease = lease;
    this.tables = tables;
    this.lock = lock;
    this.epoch = epoch;
    this.backend = lease.connection().unwrap(PGConnection.class).getBackendPID();
  }

  /** Takes the lock, makes the tables if there are none, and begins an epoch. */
  static PgVectorWriter open(
      DataSource database, Lease lease, Tables tables, @Nullable String language)
      throws SQLException {
    Connection connection = lease.connection();
    WriterLock lock = new WriterLock(connection, tables);
    lock.take(WriterLock.Scope.SESSION);
    try {
      new TableSetUp(connection, tables).run(language);
      long epoch = lock.raiseEpoch();
      connection.commit();
      return new PgVectorWriter(database, lease, tables, lock, epoch);
    } catch (SQLException | RuntimeException e) {
      connection.rollback();
      lock.unlock();
      throw e;
    }
  }

  @Override
  public long commit(List<Mutation> batch) {
    return write(
        transaction -> {
          long revision = transaction.apply(batch);
          settle(lease.connection(), revision);
          return revision;
        });
  }

  @Override
  public long sweep() {
    return write(
        transaction -> {
          long strays = transaction.sweep();
          lease.connection().commit();
          return strays;
        });
  }

  /** Does work whose end is a commit. */
  private long write(BatchTransaction.Work work) {
    if (life != Life.OPEN) {
      throw new IllegalStateException(
          "the writer of %s is closed%s; open a new one".formatted(tables.label(), life.why));
    }
    return PlatformThread.call(
        () -> StoreFailure.guard("writing to " + tables.label(), () -> orRollBack(work)));
  }

  private long orRollBack(BatchTransaction.Work work) throws SQLException {
    try {
      return work.in(new BatchTransaction(lease.connection(), tables, epoch));
    } catch (SQLException | RuntimeException | Error e) {
      rollBack(e);
      throw e;
    }
  }

  /**
   * Commits. If the connection is lost meanwhile, the server is asked whether it had come to it.
   */
  private void settle(Connection connection, long revision) throws SQLException {
    try {
      connection.commit();
    } catch (SQLException e) {
      if (!StoreFailure.isOfConnection(e) || !isCommitted(revision)) {
        throw e;
      }
      life = Life.LOST;
      LOG.warn("{}: the connection was lost while it confirmed a commit", tables.label());
    }
  }

  /** Whether the last commit is ours and has the number; waits until its transaction has ended. */
  private boolean isCommitted(long revision) throws SQLException {
    try (Lease other = Lease.ofWriter(database)) {
      CollectionRow row = CollectionRow.readLocked(other.connection(), tables);
      return row != null && row.revision() == revision && row.epoch() == epoch;
    }
  }

  private void rollBack(Throwable why) {
    try {
      lease.connection().rollback();
      life = why instanceof BatchTransaction.FencedException ? Life.FENCED : Life.OPEN;
    } catch (SQLException e) {
      why.addSuppressed(e);
      life = Life.LOST;
    }
  }

  @Override
  public void close() {
    Life before = life;
    life = Life.CLOSED;
    switch (before) {
      case OPEN -> PlatformThread.call(this::release);
      case LOST, FENCED -> PlatformThread.call(this::abandon);
      case CLOSED -> {}
    }
  }

  /** Everything committed is safe by now, and the lock goes with the connection at the latest. */
  private boolean release() {
    try {
      CollectionRow row = CollectionRow.read(lease.connection(), tables);
      lease.connection().commit();
      if (row != null) {
        new SearchIndexes(lease.connection(), tables).build(row);
      }
      lock.release();
      lease.close();
      return true;
    } catch (SQLException e) {
      LOG.warn("closing the writer of {} failed: {}", tables.label(), e.getSQLState());
      return abandon();
    }
  }

  /** The server may not know yet that the connection is lost, and would keep the lock. */
  private boolean abandon() {
    lease.abandon();
    try (Lease other = Lease.ofWriter(database)) {
      new WriterLock(other.connection(), tables).endSession(backend);
      return true;
    } catch (SQLException e) {
      LOG.debug("{}: the lost session could not be ended", tables.label(), e);
      return false;
    }
  }
}
