package dev.ragindex.store.pgvector;

import dev.ragindex.api.CheckedBatch;
import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.Placement;
import dev.ragindex.api.StoredChunk;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Writes a checked batch: at most seven statements, however large it is. In order, since each step
 * relies on the one before:
 *
 * <ol>
 *   <li>chunks whose vector only the store knows, which is copied there, while it is still there;
 *   <li>what is to go, and what is to be written anew;
 *   <li>chunks that bring their vectors, by COPY, which by now meet no chunk of their name;
 *   <li>records.
 * </ol>
 */
final class BatchWrite {

  private final Connection connection;
  private final Tables tables;
  private final boolean plainWords;
  private final CheckedBatch batch;
  private final List<StoredChunk> brought = new ArrayList<>();
  private final List<StoredChunk> copied = new ArrayList<>();
  private final List<Stale> stale = new ArrayList<>();
  private long growth;

  BatchWrite(
      Connection connection,
      Tables tables,
      CollectionRow row,
      CheckedBatch batch,
      BeforeBatch before) {
    this.connection = connection;
    this.tables = tables;
    this.plainWords = row.hasPlainWords();
    this.batch = batch;
    batch.puts().forEach(put -> sort(put, before.layout(put.state().id())));
    for (Mutation.Remove remove : batch.removes()) {
      growth -= before.layout(remove.id()).size();
    }
  }

  private void sort(Mutation.Put put, List<Placement> before) {
    Set<UUID> staying = new HashSet<>();
    put.layout().forEach(placement -> staying.add(placement.chunk()));
    for (StoredChunk chunk : put.chunks()) {
      if (chunk.vector() == null) {
        copied.add(chunk);
      } else {
        brought.add(chunk);
        staying.remove(chunk.id());
      }
    }
    UUID document = Tables.idOf(put.state().id());
    for (Placement placement : before) {
      if (!staying.contains(placement.chunk())) {
        stale.add(new Stale(document, placement.chunk()));
      }
    }
    growth += put.layout().size() - before.size();
  }

  /** By how many chunks the collection grows. */
  long growth() {
    return growth;
  }

  void write() throws SQLException {
    List<DocumentId> removed = batch.removes().stream().map(Mutation.Remove::id).toList();
    if (!copied.isEmpty()) {
      copyInPlace();
    }
    if (!stale.isEmpty()) {
      removeStale();
    }
    if (!removed.isEmpty()) {
      removeChunks(removed);
      DocumentRows.remove(connection, tables, removed);
    }
    if (!brought.isEmpty()) {
      ChunkCopy.insert(connection, tables, plainWords, brought);
    }
    if (!batch.puts().isEmpty()) {
      DocumentRows.put(connection, tables, batch.puts());
    }
    if (!batch.notes().isEmpty()) {
      DocumentRows.note(connection, tables, batch.notes());
    }
  }

  private void copyInPlace() throws SQLException {
    String sql =
        """
        INSERT INTO %1$s (document, id, embedding_key, text, overlap, context, %2$s embedding)
        SELECT encode(n.document, 'hex')::uuid, encode(n.id, 'hex')::uuid, n.embedding_key, n.text,
          n.overlap, n.context, %4$s k.embedding
        FROM unnest(?::bytea[], ?::bytea[], ?::bytea[], ?::text[], ?::text[], ?::text[] %3$s)
          AS n (document, id, embedding_key, text, overlap, context %6$s)
        CROSS JOIN LATERAL (
          SELECT embedding FROM %1$s c WHERE c.embedding_key = n.embedding_key LIMIT 1) k
        ON CONFLICT (document, id) DO UPDATE
          SET (embedding_key, text, overlap, context, %2$s embedding)
          = ROW (excluded.embedding_key, excluded.text, excluded.overlap, excluded.context,
            %5$s excluded.embedding)\
        """
            .formatted(
                tables.chunks(),
                plainWords ? "words," : "",
                plainWords ? ", ?::text[]::tsvector[]" : "",
                plainWords ? "n.words," : "",
                plainWords ? "excluded.words," : "",
                plainWords ? ", words" : "");
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      SqlArrays<StoredChunk> columns =
          new SqlArrays<>(insert, copied)
              .addBytes(chunk -> bytes(Tables.idOf(chunk.document())))
              .addBytes(chunk -> bytes(chunk.id()))
              .addBytes(chunk -> chunk.embeddingKey().bytes())
              .add("text", StoredChunk::text)
              .add("text", StoredChunk::overlap)
              .add("text", StoredChunk::context);
      if (plainWords) {
        columns.add("text", chunk -> PlainWords.of(chunk.text()).toString());
      }
      insert.executeUpdate();
    }
  }

  /** As bytes an id takes half of what the driver makes of a UUID in an array. */
  private static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  private void removeStale() throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM %s c USING unnest(?::uuid[], ?::uuid[]) AS g (document, id) WHERE c.document = g.document AND c.id = g.id"
                .formatted(tables.chunks()))) {
      new SqlArrays<>(delete, stale).add("uuid", Stale::document).add("uuid", Stale::chunk);
      delete.executeUpdate();
    }
  }

  private void removeChunks(List<DocumentId> documents) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM %s WHERE document = ANY (?::uuid[])".formatted(tables.chunks()))) {
      new SqlArrays<>(delete, documents).add("uuid", Tables::idOf);
      delete.executeUpdate();
    }
  }

  /** A chunk that goes, or that is written anew. */
  private record Stale(UUID document, UUID chunk) {}
}
