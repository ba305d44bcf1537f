package dev.ragindex.store.pgvector;

import dev.ragindex.api.CanonicalText;
import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Placement;
import dev.ragindex.api.SearchHit;
import dev.ragindex.api.SearchRequest;
import dev.ragindex.api.SearchRequest.Mode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One search, in one statement; another one before it tells how to search where there are many
 * chunks.
 *
 * <p>Vector search is exact where few chunks can match, by the graph (HNSW) elsewhere. The graph is
 * asked for more than is returned, goes on under a filter until it has as many (iterative scan),
 * and what it finds is ordered by the exact distance; if it finds too few all the same, the search
 * is repeated exactly.
 */
final class PgVectorSearch {

  /** Equal scores stand in an order that the server's storage does not change. */
  private static final Comparator<SearchHit> ORDER =
      Comparator.comparingDouble(SearchHit::score)
          .reversed()
          .thenComparing(SearchHit::document)
          .thenComparing(SearchHit::start)
          .thenComparing(SearchHit::chunk);

  private static final int MAX_EF_SEARCH = 1_000;

  private final Connection connection;
  private final Tables tables;
  private final CollectionRow row;
  private final SearchRequest request;
  private final SqlCondition condition;
  private final int depth;

  private PgVectorSearch(
      Connection connection, Tables tables, CollectionRow row, SearchRequest request) {
    this.connection = connection;
    this.tables = tables;
    this.row = row;
    this.request = request;
    this.condition = condition(request);
    this.depth = Math.max(50, 5 * request.top());
  }

  static List<SearchHit> run(
      DataSource database, Tables tables, SearchRequest request, float @Nullable [] vector)
      throws SQLException {
    try (Lease lease = Lease.ofReader(database)) {
      CollectionRow row = CollectionRow.read(lease.connection(), tables);
      if (row == null) {
        return ofNothing(request, vector);
      }
      requireVector(request, vector, row.settings().dimension());
      return new PgVectorSearch(lease.connection(), tables, row, request).hits(vector);
    } catch (SQLException e) {
      if (StoreFailure.isUndefinedTable(e)) {
        return ofNothing(request, vector);
      }
      throw e;
    }
  }

  /** What a search of a store that was never written finds. */
  static List<SearchHit> ofNothing(SearchRequest request, float @Nullable [] vector) {
    requireVector(request, vector, 0);
    return List.of();
  }

  private static void requireVector(
      SearchRequest request, float @Nullable [] vector, int dimension) {
    if (request.mode() == Mode.KEYWORD) {
      return;
    }
    if (vector == null) {
      throw new IllegalArgumentException(request.mode() + " search needs the query's vector");
    }
    if (dimension != 0 && vector.length != dimension) {
      throw new IllegalArgumentException(
          "the query's vector has %d floats, those of the index %d"
              .formatted(vector.length, dimension));
    }
  }

  /** What documents must match; of a source that no document can be of, none. */
  private static SqlCondition condition(SearchRequest request) {
    SqlCondition filter = FilterSql.of(request.filter(), "d.metadata");
    String source = request.source();
    if (source == null) {
      return filter;
    }
    if (!CanonicalText.isClean(source)) {
      return new SqlCondition("FALSE", List.of());
    }
    List<Object> parameters = new ArrayList<>(List.of(source));
    parameters.addAll(filter.parameters());
    return new SqlCondition("(d.source = ? AND " + filter.sql() + ")", parameters);
  }

  private List<SearchHit> hits(float @Nullable [] vector) throws SQLException {
    if (row.chunks() == 0) {
      return List.of();
    }
    boolean graph = request.mode() != Mode.KEYWORD && isForGraph();
    List<SearchHit> hits = hits(vector, graph);
    return graph && request.mode() == Mode.VECTOR && hits.size() < request.top()
        ? hits(vector, false)
        : hits;
  }

  /** Whether so many chunks can match that the graph pays; if so, it is told how to search. */
  private boolean isForGraph() throws SQLException {
    if (row.chunks() <= SearchIndexes.WORTH_IT
        || !SearchIndexes.hasGraph(row.settings().dimension())) {
      return false;
    }
    // Each row of the inner query has a chunk or more, so these rows are enough to know.
    String sql =
        """
        SELECT coalesce(sum(n), 0) > %1$d
          AND coalesce((SELECT indisvalid FROM pg_catalog.pg_index
            WHERE indexrelid = to_regclass(?)), false),
          set_config('hnsw.ef_search', ?, true),
          set_config('hnsw.iterative_scan', 'relaxed_order', true)
        FROM (SELECT d.chunks AS n FROM %2$s d WHERE d.chunks > 0 AND %3$s
          LIMIT %1$d + 1) s\
        """
            .formatted(SearchIndexes.WORTH_IT, tables.documents(), condition.sql());
    try (PreparedStatement ask = connection.prepareStatement(sql)) {
      ask.setString(1, tables.qualified(SearchIndexes.graphName(tables)));
      ask.setString(2, Integer.toString(Math.min(depth, MAX_EF_SEARCH)));
      condition.bind(ask, 3);
      try (ResultSet answer = ask.executeQuery()) {
        return answer.next() && answer.getBoolean(1);
      }
    }
  }

  private List<SearchHit> hits(float @Nullable [] vector, boolean graph) throws SQLException {
    SearchSql search = new SearchSql(tables, row, request, condition, depth, graph);
    try (PreparedStatement select = connection.prepareStatement(search.sql())) {
      search.bind(select, vector);
      List<SearchHit> hits = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          hits.add(hit(rows));
        }
      }
      hits.sort(ORDER);
      return List.copyOf(hits);
    }
  }

  private static SearchHit hit(ResultSet row) throws SQLException {
    String place = row.getString(5);
    if (place == null) {
      throw StoreFailure.damaged(
          "%s:%s: a chunk is not in its layout".formatted(row.getString(2), row.getString(3)));
    }
    Placement placement = RecordJson.placement(place);
    return new SearchHit(
        row.getDouble(1),
        new DocumentId(row.getString(2), row.getString(3)),
        placement.chunk(),
        placement.start(),
        placement.end(),
        placement.page(),
        placement.headings(),
        MetadataJson.decode(row.getString(4)).with(placement.metadata()),
        row.getString(6));
  }
}
