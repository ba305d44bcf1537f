package dev.ragindex.store.pgvector;

import com.pgvector.PGvector;
import dev.ragindex.api.DocumentId;
import dev.ragindex.api.StoredChunk;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Sends chunks straight into their table by COPY in the binary format: a signature, per row the
 * number of its fields and each field with its length before it, and -1 at the end.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY, "Binary Format"</a>
 */
final class ChunkCopy {

  private static final byte[] HEADER = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };
  private static final int FIELDS = 7;
  private static final int WORDS_BUFFER = 1 << 10;
  private static final int END = -1;
  private static final int BUFFER = 1 << 16;

  private final CopyIn copy;
  private final boolean plainWords;
  private @Nullable DocumentId lastDocument;
  private @Nullable UUID lastId;
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(2 * BUFFER);
  private final DataOutputStream out = new DataOutputStream(buffer);

  private ChunkCopy(CopyIn copy, boolean plainWords) {
    this.copy = copy;
    this.plainWords = plainWords;
  }

  /**
   * Inserts chunks, all of them with vectors and none of them there.
   *
   * @param plainWords whether their words come with them, or the server makes them
   */
  static void insert(
      Connection connection, Tables tables, boolean plainWords, List<StoredChunk> chunks)
      throws SQLException {
    CopyIn copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn(
                "COPY %s (document, id, embedding_key, text, overlap, context, embedding%s) FROM STDIN (FORMAT binary)"
                    .formatted(tables.chunks(), plainWords ? ", words" : ""));
    try {
      new ChunkCopy(copy, plainWords).send(chunks);
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private void send(List<StoredChunk> chunks) throws SQLException {
    try {
      out.write(HEADER);
      for (StoredChunk chunk : chunks) {
        write(chunk);
        if (buffer.size() >= BUFFER) {
          flush();
        }
      }
      out.writeShort(END);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    flush();
    copy.endCopy();
  }

  private void write(StoredChunk chunk) throws IOException {
    out.writeShort(plainWords ? FIELDS + 1 : FIELDS);
    write(idOf(chunk.document()));
    write(chunk.id());
    write(chunk.embeddingKey().bytes());
    write(chunk.text());
    write(chunk.overlap());
    write(chunk.context());
    write(new PGvector(Objects.requireNonNull(chunk.vector())));
    if (plainWords) {
      write(PlainWords.of(chunk.text()));
    }
  }

  /** Chunks of a document come one after the other. */
  private UUID idOf(DocumentId document) {
    if (!document.equals(lastDocument) || lastId == null) {
      lastId = Tables.idOf(document);
      lastDocument = document;
    }
    return lastId;
  }

  private void write(UUID id) throws IOException {
    out.writeInt(2 * Long.BYTES);
    out.writeLong(id.getMostSignificantBits());
    out.writeLong(id.getLeastSignificantBits());
  }

  private void write(String text) throws IOException {
    write(text.getBytes(StandardCharsets.UTF_8));
  }

  private void write(PGvector vector) throws IOException {
    byte[] bytes = new byte[vector.lengthInBytes()];
    vector.toBytes(bytes, 0);
    write(bytes);
  }

  private void write(PlainWords words) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(WORDS_BUFFER);
    words.write(new DataOutputStream(bytes));
    out.writeInt(bytes.size());
    bytes.writeTo(out);
  }

  private void write(byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private void flush() throws SQLException {
    copy.writeToCopy(buffer.toByteArray(), 0, buffer.size());
    buffer.reset();
  }
}
