package dev.ragindex.store.pgvector;

import dev.ragindex.api.Snapshot;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/** A snapshot with a transaction and a connection of its own. */
final class LeasedSnapshot extends PgVectorSnapshot {

  private final Lease lease;
  private final AtomicBoolean closed = new AtomicBoolean();

  private LeasedSnapshot(Lease lease, Tables tables, CollectionRow row) {
    super(lease.connection(), tables, row);
    this.lease = lease;
  }

  /** Opens a view of the last commit, or of nothing if there is none. */
  static Snapshot open(DataSource database, Tables tables) throws SQLException {
    Lease lease = Lease.ofSnapshot(database);
    try {
      CollectionRow row = CollectionRow.read(lease.connection(), tables);
      if (row != null) {
        return new LeasedSnapshot(lease, tables, row);
      }
    } catch (SQLException | RuntimeException e) {
      if (!StoreFailure.isUndefinedTable(e)) {
        lease.closeAfter(e);
        throw e;
      }
    }
    lease.close();
    return new EmptySnapshot();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      StoreFailure.guard(
          "closing a snapshot",
          () -> {
            lease.close();
            return true;
          });
    }
  }
}
