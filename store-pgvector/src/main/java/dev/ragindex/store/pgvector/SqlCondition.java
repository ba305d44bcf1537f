package dev.ragindex.store.pgvector;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * A condition for a WHERE clause. What a user wrote is in the parameters, never in the SQL.
 *
 * @param sql complete in itself, in brackets where it needs them; NULL counts as false
 * @param parameters values for its question marks, in order: String, Long, Double, Boolean, or a
 *     list of texts for an array
 */
record SqlCondition(String sql, List<Object> parameters) {

  /** Copies the parameters. */
  SqlCondition {
    parameters = List.copyOf(parameters);
  }

  /**
   * Sets the parameters.
   *
   * @param statement holds the SQL somewhere
   * @param first 1-based place of this condition's first question mark in it
   * @return the place after its last one
   * @throws SQLException if the driver refuses
   */
  int bind(PreparedStatement statement, int first) throws SQLException {
    int at = first;
    for (Object parameter : parameters) {
      Object value = parameter instanceof List<?> list ? list.toArray(new String[0]) : parameter;
      statement.setObject(at++, value);
    }
    return at;
  }
}
