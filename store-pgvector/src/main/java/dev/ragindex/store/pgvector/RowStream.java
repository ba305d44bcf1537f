package dev.ragindex.store.pgvector;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Rows as a lazy stream: the server's cursor hands them over a thousand at a time. */
final class RowStream<T> extends Spliterators.AbstractSpliterator<T> {

  private static final int FETCH_SIZE = 1_000;

  private final PreparedStatement statement;
  private final ResultSet rows;
  private final String label;
  private final RowReader<T> reader;

  private RowStream(PreparedStatement statement, String label, RowReader<T> reader)
      throws SQLException {
    super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
    this.statement = statement;
    this.label = label;
    this.reader = reader;
    statement.setFetchSize(FETCH_SIZE);
    this.rows = statement.executeQuery();
  }

  /** Runs a statement, which is closed at the end of its rows or with the stream. */
  static <T> Stream<T> of(PreparedStatement statement, String label, RowReader<T> reader)
      throws SQLException {
    try {
      RowStream<T> rows = new RowStream<>(statement, label, reader);
      return StreamSupport.stream(rows, false).onClose(rows::close);
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }

  @Override
  public boolean tryAdvance(Consumer<? super T> action) {
    T next = StoreFailure.<@Nullable T>guard("reading " + label, this::next);
    if (next == null) {
      return false;
    }
    action.accept(next);
    return true;
  }

  private @Nullable T next() throws SQLException {
    if (!rows.isClosed() && rows.next()) {
      return reader.read(rows);
    }
    statement.close();
    return null;
  }

  private void close() {
    StoreFailure.guard(
        "reading " + label,
        () -> {
          statement.close();
          return true;
        });
  }

  /** Reads the current row. */
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }
}
