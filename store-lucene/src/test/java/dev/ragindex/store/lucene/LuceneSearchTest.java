package dev.ragindex.store.lucene;

import static dev.ragindex.tck.StoreData.id;
import static dev.ragindex.tck.StoreData.put;
import static dev.ragindex.tck.StoreData.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragindex.api.Filter;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.SearchHit;
import dev.ragindex.api.SearchRequest;
import dev.ragindex.api.StoreWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The graph search, which the contract's small stores never need. */
class LuceneSearchTest {

  private static final int DOCUMENTS = 600;
  private static final int GRAPH_ALWAYS = 0;
  private static final int GRAPH_NEVER = Integer.MAX_VALUE;

  @TempDir Path folder;

  @Test
  void graph_and_exact_search_agree() throws IOException {
    try (LuceneStore store = filled()) {
      int found = 0;
      for (int i = 0; i < 50; i++) {
        SearchRequest request = SearchRequest.of("query " + i).top(10);
        Set<Object> exact = chunks(store, request, GRAPH_NEVER);
        Set<Object> graph = chunks(store, request, GRAPH_ALWAYS);
        graph.retainAll(exact);
        found += graph.size();
      }
      assertThat(found).isGreaterThanOrEqualTo(495);
    }
  }

  @Test
  void graph_search_fills_the_page_under_any_filter() throws IOException {
    try (LuceneStore store = filled()) {
      for (long n : new long[] {1, 5, 20, 100, 599}) {
        SearchRequest request = SearchRequest.of("query").top(50).where(Filter.lt("n", n));
        Set<Object> exact = chunks(store, request, GRAPH_NEVER);
        assertThat(exact).hasSize((int) Math.min(50, 3 * n));
        assertThat(chunks(store, request, GRAPH_ALWAYS)).hasSameSizeAs(exact);
      }
    }
  }

  @Test
  void a_filter_of_too_many_conditions_is_refused() throws IOException {
    try (LuceneStore store = filled()) {
      Filter many =
          Filter.or(
              Stream.iterate(0L, n -> n + 1)
                  .limit(2_000)
                  .map(n -> Filter.eq("n", n))
                  .toArray(Filter[]::new));
      SearchRequest request = SearchRequest.of("query").where(many);
      assertThatThrownBy(() -> store.search(request, vector("query")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1024");
    }
  }

  @Test
  void a_very_long_query_is_no_error() throws IOException {
    try (LuceneStore store = filled()) {
      StringBuilder words = new StringBuilder("second");
      for (int i = 0; i < 5_000; i++) {
        words.append(" word").append(i);
      }
      SearchRequest request =
          SearchRequest.of(words.toString()).mode(SearchRequest.Mode.KEYWORD).top(5);
      assertThat(store.search(request.where(Filter.lt("n", 100L)), null)).hasSize(5);
    }
  }

  private static Set<Object> chunks(LuceneStore store, SearchRequest request, int exactBelow)
      throws IOException {
    Set<Object> chunks = new HashSet<>();
    try (LuceneSnapshot snapshot = (LuceneSnapshot) store.snapshot()) {
      for (SearchHit hit :
          new LuceneSearch(snapshot, request, exactBelow).hits(vector(request.text()))) {
        chunks.add(hit.chunk());
      }
    }
    return chunks;
  }

  private LuceneStore filled() {
    LuceneStore store = LuceneStore.at(folder);
    try (StoreWriter writer = store.writer()) {
      List<Mutation> batch = new ArrayList<>();
      for (int i = 0; i < DOCUMENTS; i++) {
        Metadata metadata = Metadata.EMPTY.with("n", i);
        batch.add(put(id("d" + i), metadata, "first " + i, "second " + i, "third " + i));
      }
      writer.commit(batch);
    }
    return store;
  }
}
