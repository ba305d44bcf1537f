package dev.ragindex.store.pgvector;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Binds many rows to one statement, a column as an array each, so that a batch takes as many
 * statements whatever its size: {@code FROM unnest(?::uuid[], ?::text[])}.
 *
 * @param <T> what a row is made of
 */
final class SqlArrays<T> {

  private final PreparedStatement statement;
  private final List<T> rows;
  private int next = 1;

  SqlArrays(PreparedStatement statement, Collection<T> rows) {
    this.statement = statement;
    this.rows = List.copyOf(rows);
  }

  /**
   * Binds the next column.
   *
   * @param type PostgreSQL's name of the elements' type
   * @param value of a row
   */
  SqlArrays<T> add(String type, Function<T, @Nullable Object> value) throws SQLException {
    Object[] values = rows.stream().map(value).toArray();
    statement.setArray(next++, statement.getConnection().createArrayOf(type, values));
    return this;
  }

  /** Binds the next column of bytes, which the driver takes in this form only. */
  SqlArrays<T> addBytes(Function<T, byte @Nullable []> value) throws SQLException {
    byte[][] values = rows.stream().map(value).toArray(byte[][]::new);
    statement.setArray(next++, statement.getConnection().createArrayOf("bytea", values));
    return this;
  }
}
