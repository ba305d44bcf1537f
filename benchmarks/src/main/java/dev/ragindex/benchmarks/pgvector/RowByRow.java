package dev.ragindex.benchmarks.pgvector;

import com.pgvector.PGvector;
import dev.ragindex.api.StoredChunk;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** An INSERT a row, binary vectors, a commit a batch: what one writes first. */
record RowByRow(DataSource database) implements Loader {

  @Override
  public void create() throws SQLException {
    PlainTable.create(database, "row_by_row");
  }

  @Override
  public void load(List<StoredChunk> chunks) throws SQLException {
    try (Connection connection = database.getConnection()) {
      PGvector.registerTypes(connection);
      connection.setAutoCommit(false);
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO row_by_row VALUES (?, ?, ?::jsonb, ?)")) {
        for (StoredChunk chunk : chunks) {
          insert.setObject(1, chunk.id());
          insert.setString(2, chunk.text());
          insert.setString(3, PlainTable.metadata(chunk));
          insert.setObject(4, new PGvector(PlainTable.vector(chunk)));
          insert.executeUpdate();
        }
      }
      connection.commit();
    }
  }
}
