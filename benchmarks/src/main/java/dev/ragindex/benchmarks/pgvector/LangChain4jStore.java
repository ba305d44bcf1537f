package dev.ragindex.benchmarks.pgvector;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.pgvector.PgVectorEmbeddingStore;
import dev.ragindex.api.StoredChunk;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** LangChain4j's store, given as many chunks a call. */
record LangChain4jStore(DataSource database) implements Loader {

  private PgVectorEmbeddingStore store(boolean create) {
    return PgVectorEmbeddingStore.datasourceBuilder()
        .datasource(database)
        .table("langchain4j")
        .dimension(Corpus.DIMENSION)
        .createTable(create)
        .dropTableFirst(create)
        .skipCreateVectorExtension(true)
        .build();
  }

  @Override
  public void create() {
    store(true);
  }

  @Override
  public void load(List<StoredChunk> chunks) {
    store(false)
        .addAll(
            chunks.stream().map(chunk -> chunk.id().toString()).toList(),
            chunks.stream().map(chunk -> Embedding.from(PlainTable.vector(chunk))).toList(),
            chunks.stream().map(LangChain4jStore::segment).toList());
  }

  private static TextSegment segment(StoredChunk chunk) {
    Map<String, String> metadata =
        Map.of("source", chunk.document().source(), "path", chunk.document().key());
    return TextSegment.from(chunk.text(), Metadata.from(metadata));
  }
}
