package dev.ragindex.benchmarks.pgvector;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.pgvector.PGvector;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.postgresql.PGConnection;

/** Rows as COPY takes them in binary. */
final class CopyRows {

  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0
  };

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  /** Writes the fields of a row. */
  interface Fields<T> {
    void write(CopyRows rows, T value) throws IOException;
  }

  /** Sends a row of some fields for each value. */
  static <T> void send(
      Connection connection, String table, int fields, List<T> values, Fields<T> row)
      throws SQLException {
    CopyRows rows = new CopyRows();
    try {
      rows.out.write(SIGNATURE);
      rows.out.writeLong(0); // no flags, no extension
      for (T value : values) {
        rows.out.writeShort(fields);
        row.write(rows, value);
      }
      rows.out.writeShort(-1);
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(
              "COPY " + table + " FROM STDIN (FORMAT binary)",
              new ByteArrayInputStream(rows.bytes.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  CopyRows uuid(UUID id) throws IOException {
    out.writeInt(16);
    out.writeLong(id.getMostSignificantBits());
    out.writeLong(id.getLeastSignificantBits());
    return this;
  }

  CopyRows text(String text) throws IOException {
    return bytes(text.getBytes(UTF_8));
  }

  CopyRows bytes(byte[] value) throws IOException {
    out.writeInt(value.length);
    out.write(value);
    return this;
  }

  CopyRows json(String json) throws IOException {
    byte[] value = json.getBytes(UTF_8);
    out.writeInt(value.length + 1);
    out.writeByte(1); // version of jsonb's binary form
    out.write(value);
    return this;
  }

  CopyRows vector(float[] floats) throws IOException {
    PGvector vector = new PGvector(floats);
    byte[] value = new byte[vector.lengthInBytes()];
    vector.toBytes(value, 0);
    return bytes(value);
  }
}
