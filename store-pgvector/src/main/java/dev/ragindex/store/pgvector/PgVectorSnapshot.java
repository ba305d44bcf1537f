package dev.ragindex.store.pgvector;

import com.pgvector.PGvector;
import dev.ragindex.api.CanonicalText;
import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.Placement;
import dev.ragindex.api.Settings;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.StoredChunk;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What one transaction sees of a collection. The driver lets one thread at a time through. */
class PgVectorSnapshot implements Snapshot {

  private final Connection connection;
  private final Tables tables;
  private final CollectionRow row;

  PgVectorSnapshot(Connection connection, Tables tables, CollectionRow row) {
    this.connection = connection;
    this.tables = tables;
    this.row = row;
  }

  private <T extends @Nullable Object> T read(StoreFailure.SqlWork<T> work) {
    return StoreFailure.guard("reading " + tables.label(), work);
  }

  @Override
  public long revision() {
    return row.revision();
  }

  @Override
  public Settings settings() {
    return row.settings();
  }

  @Override
  public Counts counts() {
    return read(
        () -> {
          try (Statement statement = connection.createStatement();
              ResultSet counts =
                  statement.executeQuery(
                      "SELECT (SELECT count(*) FROM %s WHERE %s), (SELECT count(*) FROM %s)"
                          .formatted(tables.documents(), DocumentRows.COUNTED, tables.chunks()))) {
            counts.next();
            return new Counts(counts.getLong(1), counts.getLong(2));
          }
        });
  }

  /** Jumps from source to source in their index instead of reading all documents. */
  @Override
  public Set<String> sources() {
    Set<String> names = new TreeSet<>(settings().sources().keySet());
    return read(
        () -> {
          try (Statement statement = connection.createStatement();
              ResultSet found =
                  statement.executeQuery(
                      """
                      WITH RECURSIVE s (name) AS (
                        SELECT min(source) FROM %1$s
                        UNION ALL
                        SELECT (SELECT min(source) FROM %1$s WHERE source > s.name)
                        FROM s WHERE s.name IS NOT NULL)
                      SELECT name FROM s WHERE name IS NOT NULL\
                      """
                          .formatted(tables.documents()))) {
            while (found.next()) {
              names.add(found.getString(1));
            }
            return names;
          }
        });
  }

  @Override
  public Stream<DocumentState> states(String source) {
    if (!CanonicalText.isClean(source)) {
      return Stream.empty();
    }
    return read(
        () -> {
          PreparedStatement select =
              connection.prepareStatement(
                  "SELECT %s FROM %s d WHERE d.source = ?"
                      .formatted(DocumentRows.STATE, tables.documents()));
          select.setString(1, source);
          return RowStream.of(select, tables.label(), DocumentRows::state);
        });
  }

  @Override
  public @Nullable DocumentState state(DocumentId id) {
    return this.<@Nullable DocumentState>read(
        () -> {
          try (PreparedStatement select = ofDocument(DocumentRows.STATE, id);
              ResultSet found = select.executeQuery()) {
            return found.next() ? DocumentRows.state(found) : null;
          }
        });
  }

  @Override
  public List<Placement> layout(DocumentId id) {
    return read(
        () -> {
          try (PreparedStatement select = ofDocument("d.layout", id);
              ResultSet found = select.executeQuery()) {
            return found.next() ? RecordJson.layout(found.getString(1)) : List.of();
          }
        });
  }

  private PreparedStatement ofDocument(String columns, DocumentId id) throws SQLException {
    PreparedStatement select =
        connection.prepareStatement(
            "SELECT %s FROM %s d WHERE d.id = ?".formatted(columns, tables.documents()));
    select.setObject(1, Tables.idOf(id));
    return select;
  }

  @Override
  public List<StoredChunk> chunks(DocumentId id) {
    List<Placement> layout = layout(id);
    Map<UUID, StoredChunk> chunks = read(() -> chunksById(id));
    List<StoredChunk> ordered = new ArrayList<>(layout.size());
    for (Placement placement : layout) {
      StoredChunk chunk = chunks.get(placement.chunk());
      if (chunk == null || !chunk.embeddingKey().equals(placement.embeddingKey())) {
        throw StoreFailure.damaged(
            "%s: chunk %s of its layout is missing".formatted(id, placement.chunk()));
      }
      ordered.add(chunk);
    }
    return ordered;
  }

  private Map<UUID, StoredChunk> chunksById(DocumentId id) throws SQLException {
    Map<UUID, StoredChunk> chunks = new HashMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id, text, overlap, context, embedding_key, %s(embedding) FROM %s WHERE document = ?"
                .formatted(tables.pgvector("vector_send"), tables.chunks()))) {
      select.setObject(1, Tables.idOf(id));
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          UUID chunk = found.getObject(1, UUID.class);
          chunks.put(
              chunk,
              new StoredChunk(
                  chunk,
                  id,
                  found.getString(2),
                  found.getString(3),
                  found.getString(4),
                  Fingerprint.of(found.getBytes(5)),
                  vector(found.getBytes(6))));
        }
      }
    }
    return chunks;
  }

  private static float[] vector(byte[] sent) throws SQLException {
    PGvector vector = new PGvector();
    vector.setByteValue(sent, 0);
    return vector.toArray();
  }

  @Override
  public Set<Fingerprint> known(Set<Fingerprint> embeddingKeys) {
    Set<Fingerprint> known = new TreeSet<>();
    if (embeddingKeys.isEmpty()) {
      return known;
    }
    return read(
        () -> {
          try (PreparedStatement select = ofKeys("DISTINCT embedding_key", embeddingKeys);
              ResultSet found = select.executeQuery()) {
            while (found.next()) {
              known.add(Fingerprint.of(found.getBytes(1)));
            }
            return known;
          }
        });
  }

  @Override
  public Map<Fingerprint, float[]> vectors(Set<Fingerprint> embeddingKeys) {
    Map<Fingerprint, float[]> vectors = new HashMap<>();
    if (embeddingKeys.isEmpty()) {
      return vectors;
    }
    String columns =
        "DISTINCT ON (embedding_key) embedding_key, %s(embedding)"
            .formatted(tables.pgvector("vector_send"));
    return read(
        () -> {
          try (PreparedStatement select = ofKeys(columns, embeddingKeys);
              ResultSet found = select.executeQuery()) {
            while (found.next()) {
              vectors.put(Fingerprint.of(found.getBytes(1)), vector(found.getBytes(2)));
            }
            return vectors;
          }
        });
  }

  private PreparedStatement ofKeys(String columns, Set<Fingerprint> keys) throws SQLException {
    PreparedStatement select =
        connection.prepareStatement(
            "SELECT %s FROM %s WHERE embedding_key = ANY (?::bytea[])"
                .formatted(columns, tables.chunks()));
    new SqlArrays<>(select, keys).addBytes(Fingerprint::bytes);
    return select;
  }

  /** Leaves the connection to whoever lent it. */
  @Override
  public void close() {}
}
