package dev.ragindex.store.pgvector;

import dev.ragindex.api.CheckedBatch;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.Stage;
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
 * The one writer of a collection, on a connection of its own that also holds its lock. Each batch
 * is one transaction, which begins by locking the collection's row and comparing the epoch.
 */
final class PgVectorWriter implements StoreWriter {

  private static final Logger LOG = LoggerFactory.getLogger(PgVectorWriter.class);

  /** Most dimensions of pgvector's {@code vector}. */
  private static final int MAX_DIMENSION = 16_000;

  private final DataSource database;
  private final Lease lease;
  private final Tables tables;
  private final WriterLock lock;
  private final long epoch;
  private final int backend;
  private @Nullable String closed;

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
      lock.release();
      throw e;
    }
  }

  @Override
  public long commit(List<Mutation> batch) {
    requireOpen();
    try {
      return apply(batch);
    } catch (SQLException e) {
      RuntimeException failure = StoreFailure.of("writing to " + tables.label(), e);
      rollBack(failure);
      throw failure;
    } catch (RuntimeException | Error e) {
      rollBack(e);
      throw e;
    }
  }

  private void requireOpen() {
    if (closed != null) {
      throw new IllegalStateException(
          "the writer of %s is closed%s; open a new one".formatted(tables.label(), closed));
    }
  }

  private long apply(List<Mutation> batch) throws SQLException {
    Connection connection = lease.connection();
    CollectionRow row = lockedRow(connection);
    if (batch.isEmpty()) {
      connection.rollback();
      return row.revision();
    }
    BeforeBatch before = BeforeBatch.load(connection, tables, row, batch);
    CheckedBatch checked = CheckedBatch.leavingStoredVectors(batch, before);
    requireDimension(connection, row, checked.settings().dimension());
    BatchWrite write = new BatchWrite(connection, tables, checked, before);
    write.write();
    CollectionRow next = row.next(checked.settings(), row.chunks() + write.growth());
    next.write(connection, tables);
    settle(connection, next.revision());
    return next.revision();
  }

  private CollectionRow lockedRow(Connection connection) throws SQLException {
    CollectionRow row = CollectionRow.readLocked(connection, tables);
    if (row == null || row.epoch() != epoch) {
      closed = ", another has taken over";
      throw new IndexingException(
          Stage.STORE,
          IndexingException.Kind.INFRASTRUCTURE,
          "%s has a newer writer (epoch %s, this one has %d), so nothing was written; repeat"
              .formatted(tables.label(), row == null ? "none" : row.epoch(), epoch));
    }
    return row;
  }

  private void requireDimension(Connection connection, CollectionRow row, int dimension)
      throws SQLException {
    if (dimension > MAX_DIMENSION) {
      throw new IllegalArgumentException(
          "vectors have at most %d floats in pgvector, these %d"
              .formatted(MAX_DIMENSION, dimension));
    }
    if (dimension != row.settings().dimension()) {
      new SearchIndexes(connection, tables).dropGraph();
    }
  }

  /**
   * Commits. If the connection is lost meanwhile, the server is asked whether it had come to it.
   */
  private void settle(Connection connection, long revision) throws SQLException {
    try {
      connection.commit();
    } catch (SQLException e) {
      if (!StoreFailure.isOfConnection(e) || !isThere(revision)) {
        throw e;
      }
      closed = ", its connection is lost";
      LOG.warn("{}: lost the connection while it confirmed a commit", tables.label());
    }
  }

  /** Whether the commit of a number is ours; waits until its transaction has ended. */
  private boolean isThere(long revision) throws SQLException {
    try (Lease other = Lease.ofWriter(database)) {
      CollectionRow row = CollectionRow.readLocked(other.connection(), tables);
      return row != null && row.revision() == revision && row.epoch() == epoch;
    }
  }

  private void rollBack(Throwable why) {
    try {
      lease.connection().rollback();
    } catch (SQLException e) {
      why.addSuppressed(e);
      closed = ", its connection is lost";
    }
  }

  @Override
  public void close() {
    if (", closed".equals(closed)) {
      return;
    }
    boolean lost = closed != null;
    closed = ", closed";
    if (lost) {
      lease.abandon();
      endSession();
      return;
    }
    try {
      CollectionRow row = CollectionRow.read(lease.connection(), tables);
      lease.connection().commit();
      if (row != null) {
        new SearchIndexes(lease.connection(), tables).build(row);
      }
      lock.release();
      lease.close();
    } catch (SQLException e) {
      // Everything committed is safe, and the lock goes with the connection.
      LOG.warn("closing the writer of {}: {}", tables.label(), e.getMessage());
      lease.abandon();
    }
  }

  /** The server may not know yet that the connection is lost, and would keep the lock. */
  private void endSession() {
    try (Lease other = Lease.ofWriter(database)) {
      new WriterLock(other.connection(), tables).endSession(backend);
    } catch (SQLException e) {
      LOG.debug("{}: the lost session could not be ended", tables.label(), e);
    }
  }
}
