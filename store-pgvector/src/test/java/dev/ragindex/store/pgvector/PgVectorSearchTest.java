package dev.ragindex.store.pgvector;

import static dev.ragindex.tck.StoreData.DIMENSION;
import static dev.ragindex.tck.StoreData.id;
import static dev.ragindex.tck.StoreData.put;
import static dev.ragindex.tck.StoreData.vector;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragindex.api.Filter;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.SearchHit;
import dev.ragindex.api.SearchRequest;
import dev.ragindex.api.SearchRequest.Mode;
import dev.ragindex.api.Settings;
import dev.ragindex.api.StoreWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Searches by graph and by words, for which the contract's stores are too small. */
@ExtendWith(ScratchPostgres.class)
class PgVectorSearchTest {

  private static final int DOCUMENTS = 2_800;
  private static final String COLLECTION = "large";

  private final DataSource database;
  private final PgVectorStore store;
  private final Sql sql;

  PgVectorSearchTest(DataSource database) {
    this.database = database;
    this.store = PgVectorStore.builder(database).collection(COLLECTION).build();
    this.sql = new Sql(database);
  }

  /** Once for all tests, none of which changes a document. */
  @BeforeEach
  void fill() {
    try (StoreWriter writer = store.writer()) {
      if (writer.commit(List.of()) > 0) {
        return;
      }
      List<Mutation> batch = new ArrayList<>();
      for (int i = 0; i < DOCUMENTS; i++) {
        Metadata metadata = Metadata.EMPTY.with("n", i);
        batch.add(put(id("d" + i), metadata, "the first " + i, "the second " + i, "third " + i));
      }
      writer.commit(batch);
    }
  }

  @Test
  void the_graph_is_built_when_the_writer_closes_and_is_used() throws SQLException {
    assertThat(isValid("graph_index")).isEqualTo("t");
    assertThat(isValid("words_index")).isEqualTo("t");
    assertThat(plan(SearchRequest.of("query"), true)).contains("large_g1_graph_index");
    assertThat(plan(SearchRequest.of("query").where(Filter.gt("n", 5L)), true))
        .contains("large_g1_graph_index");
    assertThat(plan(SearchRequest.of("query"), false)).doesNotContain("large_g1_graph_index");
  }

  private String isValid(String index) {
    return sql.ask(
        "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('\"large_g1_"
            + index
            + "\"')");
  }

  @Test
  void graph_and_exact_search_agree() throws SQLException {
    int found = 0;
    for (int i = 0; i < 30; i++) {
      SearchRequest request = SearchRequest.of("query " + i).top(10);
      Set<String> exact = chunks(request, false);
      Set<String> graph = chunks(request, true);
      graph.retainAll(exact);
      found += graph.size();
      assertThat(store.search(request, vector(request.text()))).hasSize(10);
    }
    assertThat(found).isGreaterThanOrEqualTo(290);
  }

  @Test
  void a_search_fills_the_page_under_any_filter() {
    for (long n : new long[] {1, 30, 300, 2_700}) {
      SearchRequest request = SearchRequest.of("query " + n).top(100).where(Filter.lt("n", n));
      List<SearchHit> hits = store.search(request, vector(request.text()));
      assertThat(hits).hasSize((int) Math.min(100, 3 * n));
      assertThat(hits).extracting(SearchHit::chunk).doesNotHaveDuplicates();
    }
  }

  @Test
  void an_index_left_invalid_is_reported_and_built_again() {
    sql.run(
        "UPDATE pg_index SET indisvalid = false WHERE indexrelid ="
            + " to_regclass('\"large_g1_graph_index\"')");
    assertThat(store.check()).anyMatch(finding -> finding.contains("graph_index"));
    assertThat(store.search(SearchRequest.of("query").top(10), vector("query"))).hasSize(10);

    store.writer().close();

    assertThat(store.check()).isEmpty();
    assertThat(isValid("graph_index")).isEqualTo("t");
  }

  @Test
  void a_rare_word_weighs_more_than_common_ones() {
    SearchRequest request = SearchRequest.of("the first second 77").mode(Mode.KEYWORD).top(3);
    assertThat(store.search(request, null))
        .extracting(SearchHit::text)
        .containsExactlyInAnyOrder("the first 77", "the second 77", "third 77");
  }

  @Test
  void hybrid_search_finds_both_ways() {
    SearchRequest request = SearchRequest.of("third 1234").mode(Mode.HYBRID).top(5);
    List<SearchHit> hits = store.search(request, vector("the second 99"));
    assertThat(hits).hasSize(5);
    assertThat(hits).extracting(SearchHit::text).contains("the second 99", "third 1234");
    assertThat(hits)
        .allSatisfy(hit -> assertThat(hit.score()).isBetween(1.0 / 1_060, 2.0 / 61 + 1e-9));
  }

  @Test
  void a_very_long_query_is_no_error() {
    StringBuilder words = new StringBuilder("second ");
    for (int i = 0; i < 3_000; i++) {
      words.append(" word").append(i);
    }
    words.append(" \uD83D\uDE00".repeat(50_000));
    SearchRequest request = SearchRequest.of(words.toString()).mode(Mode.KEYWORD).top(5);
    assertThat(store.search(request, null)).hasSize(5);
  }

  @Test
  void wide_vectors_have_a_graph_of_halves_and_exact_scores() throws SQLException {
    PgVectorStore wide = PgVectorStore.builder(database).collection("wide").build();
    int dimension = 2_001;
    List<Mutation> batch = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Mutation.Put put = put(id("w" + i), "text " + i);
      batch.add(
          new Mutation.Put(
              put.state(),
              put.layout(),
              List.of(put.chunks().getFirst().withVector(vector("text " + i, dimension)))));
    }
    try (StoreWriter writer = wide.writer()) {
      writer.commit(batch);
    }
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      Tables tables = tables(connection, "wide");
      new SearchIndexes(connection, tables).build(claiming(tables, dimension));
      connection.setAutoCommit(true);
    }
    assertThat(sql.ask("SELECT indexdef FROM pg_indexes WHERE indexname = 'wide_g1_graph_index'"))
        .contains("halfvec(2001)");
    SearchHit best =
        wide.search(SearchRequest.of("x").top(1), vector("text 7", dimension)).getFirst();
    assertThat(best.text()).isEqualTo("text 7");
    assertThat(best.score()).isGreaterThan(1 - 1e-6);

    try (StoreWriter writer = wide.writer()) {
      List<Mutation> removal = new ArrayList<>();
      batch.forEach(put -> removal.add(new Mutation.Remove(((Mutation.Put) put).state().id())));
      writer.commit(removal);
      writer.commit(List.of(new Mutation.Configure(Settings.EMPTY.withDimension(DIMENSION))));
      writer.commit(List.of(put(id("narrow"), "one")));
    }
    assertThat(wide.search(SearchRequest.of("one"), vector("one"))).hasSize(1);
  }

  private static CollectionRow claiming(Tables tables, int dimension) {
    return new CollectionRow(
        1,
        1,
        Settings.EMPTY.withDimension(dimension),
        SearchIndexes.WORTH_IT,
        1,
        "pg_catalog.simple");
  }

  private static Tables tables(Connection connection, String collection) throws SQLException {
    return new Tables(
        new SqlIdentifier(connection.getSchema()),
        new CollectionName(collection),
        Extension.find(connection));
  }

  private String plan(SearchRequest request, boolean graph) throws SQLException {
    return String.join("\n", rows("EXPLAIN ", request, graph, 1));
  }

  private Set<String> chunks(SearchRequest request, boolean graph) throws SQLException {
    return new HashSet<>(rows("", request, graph, 6));
  }

  private List<String> rows(String prefix, SearchRequest request, boolean graph, int column)
      throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection connection = database.getConnection()) {
      Tables tables = tables(connection, COLLECTION);
      CollectionRow row = CollectionRow.read(connection, tables);
      SqlCondition condition = FilterSql.of(request.filter(), "d.metadata");
      SearchSql search = new SearchSql(tables, row, request, condition, 50, graph);
      try (PreparedStatement select = connection.prepareStatement(prefix + search.sql())) {
        search.bind(select, vector(request.text()));
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            values.add(rows.getString(column));
          }
        }
      }
    }
    return values;
  }
}
