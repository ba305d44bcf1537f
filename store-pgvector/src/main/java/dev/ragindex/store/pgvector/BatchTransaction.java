package dev.ragindex.store.pgvector;

import dev.ragindex.api.CheckedBatch;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.Stage;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Applies a batch in a transaction, which it neither begins nor ends. The collection's row is
 * locked first: from then on no other writer can begin an epoch or commit.
 *
 * @param connection in a transaction
 * @param tables where the collection is
 * @param epoch the one in which the writer may write
 */
record BatchTransaction(Connection connection, Tables tables, long epoch) {

  /** Most dimensions of pgvector's {@code vector}. */
  private static final int MAX_DIMENSION = 16_000;

  /** What is done in one transaction. */
  interface Work {
    long in(BatchTransaction transaction) throws SQLException;
  }

  /** Thrown when another writer has begun an epoch. */
  static final class FencedException extends IndexingException {

    private static final long serialVersionUID = 1L;

    private FencedException(String message) {
      super(Stage.STORE, Kind.INFRASTRUCTURE, message);
    }
  }

  /**
   * Checks and writes a batch.
   *
   * @return the revision that its commit makes; of an empty batch the present one
   */
  long apply(List<Mutation> batch) throws SQLException {
    CollectionRow row = lockedRow();
    if (batch.isEmpty()) {
      return row.revision();
    }
    BeforeBatch before = BeforeBatch.load(connection, tables, row, batch);
    CheckedBatch checked = CheckedBatch.leavingStoredVectors(batch, before);
    int dimension = checked.settings().dimension();
    requireDimension(dimension);
    if (dimension != row.settings().dimension()) {
      new SearchIndexes(connection, tables).dropGraph();
    }
    BatchWrite write = new BatchWrite(connection, tables, row, checked, before);
    write.write();
    CollectionRow next = row.next(checked.settings(), row.chunks() + write.growth());
    next.write(connection, tables);
    return next.revision();
  }

  /**
   * Deletes chunks that no layout names, and counts the rest.
   *
   * @return how many there were; if none, nothing is written
   */
  long sweep() throws SQLException {
    CollectionRow row = lockedRow();
    long strays = Strays.delete(connection, tables);
    if (strays > 0) {
      row.next(row.settings(), Strays.left(connection, tables)).write(connection, tables);
    }
    return strays;
  }

  private CollectionRow lockedRow() throws SQLException {
    CollectionRow row = CollectionRow.readLocked(connection, tables);
    if (row == null || row.epoch() != epoch) {
      throw new FencedException(
          "%s has a newer writer (epoch %s, this one has %d), so nothing was written; repeat"
              .formatted(tables.label(), row == null ? "none" : row.epoch(), epoch));
    }
    return row;
  }

  private static void requireDimension(int dimension) {
    if (dimension > MAX_DIMENSION) {
      throw new IllegalArgumentException(
          "vectors have at most %d floats in pgvector, these %d"
              .formatted(MAX_DIMENSION, dimension));
    }
  }
}
