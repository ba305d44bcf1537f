package dev.ragindex.benchmarks.pgvector;

import dev.ragindex.api.StoredChunk;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/** COPY in binary into a temporary table, and one upsert from there: what an expert writes. */
record CopyAndUpsert(DataSource database) implements Loader {

  static final String TABLE = "copy_and_upsert";

  @Override
  public void create() throws SQLException {
    PlainTable.create(database, TABLE);
  }

  @Override
  public void load(List<StoredChunk> chunks) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("CREATE TEMP TABLE stage (LIKE " + TABLE + ") ON COMMIT DROP");
      CopyRows.send(
          connection,
          "stage",
          4,
          chunks,
          (row, chunk) ->
              row.uuid(chunk.id())
                  .text(chunk.text())
                  .json(PlainTable.metadata(chunk))
                  .vector(PlainTable.vector(chunk)));
      statement.execute(
          "INSERT INTO %s SELECT * FROM stage ON CONFLICT (id) DO UPDATE SET text = excluded.text, metadata = excluded.metadata, embedding = excluded.embedding"
              .formatted(TABLE));
      connection.commit();
    }
  }
}
