package dev.ragindex.benchmarks.pgvector;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ragindex.api.StoredChunk;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/** COPY in binary into a temporary table, and one upsert from there: what an expert writes. */
record CopyAndUpsert(DataSource database) implements Loader {

  static final String TABLE = "copy_and_upsert";

  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0
  };

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
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("COPY stage FROM STDIN (FORMAT binary)", new ByteArrayInputStream(rows(chunks)));
      statement.execute(
          "INSERT INTO %s SELECT * FROM stage ON CONFLICT (id) DO UPDATE SET text = excluded.text, metadata = excluded.metadata, embedding = excluded.embedding"
              .formatted(TABLE));
      connection.commit();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] rows(List<StoredChunk> chunks) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.write(SIGNATURE);
      out.writeLong(0); // no flags, no extension
      for (StoredChunk chunk : chunks) {
        write(chunk, out);
      }
      out.writeShort(-1);
    }
    return bytes.toByteArray();
  }

  private static void write(StoredChunk chunk, DataOutputStream out) throws IOException {
    byte[] text = chunk.text().getBytes(UTF_8);
    byte[] metadata = PlainTable.metadata(chunk).getBytes(UTF_8);
    float[] vector = PlainTable.vector(chunk);
    out.writeShort(4);
    out.writeInt(16);
    out.writeLong(chunk.id().getMostSignificantBits());
    out.writeLong(chunk.id().getLeastSignificantBits());
    out.writeInt(text.length);
    out.write(text);
    out.writeInt(metadata.length + 1);
    out.writeByte(1); // version of jsonb's binary form
    out.write(metadata);
    out.writeInt(4 + 4 * vector.length);
    out.writeShort(vector.length);
    out.writeShort(0);
    for (float value : vector) {
      out.writeFloat(value);
    }
  }
}
