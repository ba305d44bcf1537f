package dev.ragindex.benchmarks.pgvector;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.StoredChunk;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * What {@link CopyAndUpsert} costs when it keeps what our store keeps: the words for keyword
 * search, an index that finds vectors by their key, and a record of each document with its layout.
 */
record CopyOurColumns(DataSource database) implements Loader {

  @Override
  public void create() throws SQLException {
    PlainTable.execute(
        database,
        "DROP TABLE IF EXISTS copied_chunks, copied_documents",
        "CREATE TABLE copied_chunks (document uuid, id uuid, key bytea, text text, embedding"
            + " vector("
            + Corpus.DIMENSION
            + "), words tsvector GENERATED ALWAYS AS (to_tsvector('simple', text)) STORED,"
            + " PRIMARY KEY (document, id)) WITH (toast_tuple_target = 8160)",
        "CREATE INDEX ON copied_chunks (key)",
        "CREATE TABLE copied_documents (id uuid PRIMARY KEY, source text, metadata jsonb,"
            + " layout jsonb)",
        "CREATE INDEX ON copied_documents (source)",
        "CREATE INDEX ON copied_documents USING gin (metadata jsonb_path_ops)");
  }

  @Override
  public void load(List<StoredChunk> chunks) throws SQLException {
    Map<DocumentId, List<StoredChunk>> documents =
        chunks.stream().collect(groupingBy(StoredChunk::document));
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(
          "CREATE TEMP TABLE stage (document uuid, id uuid, key bytea, text text, embedding vector)"
              + " ON COMMIT DROP");
      CopyRows.send(
          connection,
          "stage",
          5,
          chunks,
          (row, chunk) ->
              row.uuid(idOf(chunk.document()))
                  .uuid(chunk.id())
                  .bytes(chunk.embeddingKey().bytes())
                  .text(chunk.text())
                  .vector(PlainTable.vector(chunk)));
      statement.execute(
          "INSERT INTO copied_chunks SELECT * FROM stage ON CONFLICT (document, id) DO UPDATE SET"
              + " key = excluded.key, text = excluded.text, embedding = excluded.embedding");
      statement.execute(
          "CREATE TEMP TABLE staged_documents (LIKE copied_documents) ON COMMIT DROP");
      CopyRows.send(
          connection,
          "staged_documents",
          4,
          List.copyOf(documents.values()),
          (row, document) ->
              row.uuid(idOf(document.getFirst().document()))
                  .text(document.getFirst().document().source())
                  .json(PlainTable.metadata(document.getFirst()))
                  .json(layout(document)));
      statement.execute(
          "INSERT INTO copied_documents SELECT * FROM staged_documents ON CONFLICT (id) DO UPDATE"
              + " SET source = excluded.source, metadata = excluded.metadata, layout ="
              + " excluded.layout");
      connection.commit();
    }
  }

  private static UUID idOf(DocumentId document) {
    return UUID.nameUUIDFromBytes(document.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String layout(List<StoredChunk> chunks) {
    return chunks.stream()
        .map(
            chunk ->
                "{\"chunk\": \"%s\", \"key\": \"%s\", \"length\": %d}"
                    .formatted(chunk.id(), chunk.embeddingKey(), chunk.text().length()))
        .collect(joining(",", "[", "]"));
  }
}
