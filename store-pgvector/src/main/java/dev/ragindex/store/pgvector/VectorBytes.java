package dev.ragindex.store.pgvector;

import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/**
 * Vectors as pgvector sends and receives them in binary: the dimension and a zero, both as 2 bytes,
 * then the floats. As text a vector costs five times everything else about its row.
 */
final class VectorBytes {

  private static final int HEADER = 2 * Short.BYTES;

  private VectorBytes() {}

  static byte[] write(float[] vector) {
    ByteBuffer bytes = ByteBuffer.allocate(HEADER + vector.length * Float.BYTES);
    bytes.putShort((short) vector.length).putShort((short) 0);
    bytes.asFloatBuffer().put(vector);
    return bytes.array();
  }

  static float[] read(byte[] bytes) {
    float[] vector = new float[(bytes.length - HEADER) / Float.BYTES];
    ByteBuffer.wrap(bytes, HEADER, bytes.length - HEADER).asFloatBuffer().get(vector);
    return vector;
  }

  /** A parameter for {@code ?::real[]}, which the driver sends in binary too. */
  static Array parameter(Connection connection, float[] vector) throws SQLException {
    return connection.unwrap(PGConnection.class).createArrayOf("float4", vector);
  }
}
