package dev.ragindex.store.pgvector;

import dev.ragindex.api.CanonicalText;
import dev.ragindex.api.SearchRequest;
import dev.ragindex.api.SearchRequest.Mode;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * The statement of a search: what is asked for (the query's vector, its words), a list of chunks
 * with scores for each way to find them, their fusion, and what a hit shows of them.
 *
 * <p>PostgreSQL ranks by how often a word stands in a chunk and how long the chunk is ({@code
 * ts_rank}), but not by how rare the word is, without which every chunk with "of" and "the" matches
 * a question. So each word is ranked by itself and weighs {@code ln(1 + (n - df + 0.5) / (df +
 * 0.5))}, as in BM25 (Robertson and Zaragoza 2009): n chunks, df of them with the word.
 */
final class SearchSql {

  /** Of a query, so many different words are looked for. */
  private static final int MAX_WORDS = 1_000;

  /** Of a query, so many characters are looked at for words. */
  private static final int MAX_TEXT = 100_000;

  private static final int RANK_CONSTANT = 60;

  private final Tables tables;
  private final CollectionRow row;
  private final SearchRequest request;
  private final SqlCondition condition;
  private final int depth;
  private final boolean graph;

  SearchSql(
      Tables tables,
      CollectionRow row,
      SearchRequest request,
      SqlCondition condition,
      int depth,
      boolean graph) {
    this.tables = tables;
    this.row = row;
    this.request = request;
    this.condition = condition;
    this.depth = depth;
    this.graph = graph;
  }

  /** Score, source, key, metadata, placement and text of each hit. */
  String sql() {
    return """
    WITH %s
    SELECT f.score, d.source, d.key, d.metadata,
      jsonb_path_query_first(
        d.layout, '$[*] ? (@.chunk == $id)', jsonb_build_object('id', f.id)),
      c.text
    FROM found f
    JOIN %s c ON c.document = f.document AND c.id = f.id
    JOIN %s d ON d.id = f.document\
    """
        .formatted(String.join(",\n", parts()), tables.chunks(), tables.documents());
  }

  /** Binds the parameters of {@link #sql()}. */
  void bind(PreparedStatement statement, float @Nullable [] vector) throws SQLException {
    int next = 1;
    if (request.mode() != Mode.KEYWORD) {
      statement.setArray(next++, parameter(statement.getConnection(), vector));
      next = condition.bind(statement, next);
    }
    if (request.mode() != Mode.VECTOR) {
      String text = CanonicalText.clean(beginning(request.text()));
      statement.setString(next++, row.hasPlainWords() ? PlainWords.of(text).toString() : text);
      condition.bind(statement, next);
    }
  }

  /**
   * The query's vector for {@code ?::real[]}, which the driver sends in binary as it is. A {@code
   * PGvector} goes in binary only where its type is registered, and that would stay with a
   * connection which is not ours: the application's own vectors would come as another class.
   */
  private static Array parameter(Connection connection, float @Nullable [] vector)
      throws SQLException {
    return connection
        .unwrap(PGConnection.class)
        .createArrayOf("float4", Objects.requireNonNull(vector));
  }

  private static String beginning(String text) {
    return text.substring(0, Math.min(text.length(), MAX_TEXT));
  }

  private List<String> parts() {
    List<String> parts = new ArrayList<>();
    if (request.mode() != Mode.KEYWORD) {
      parts.add("query (v) AS (SELECT ?::real[]::%s)".formatted(tables.pgvector("vector")));
    }
    switch (request.mode()) {
      case VECTOR -> parts.add("found AS (" + nearest(request.top()) + ")");
      case KEYWORD -> {
        parts.addAll(words());
        parts.add("found AS (" + best(request.top()) + ")");
      }
      case HYBRID -> {
        parts.add("near AS (" + ranked(nearest(depth)) + ")");
        parts.addAll(words());
        parts.add("worded AS (" + ranked(best(depth)) + ")");
        parts.add(fused());
      }
    }
    return parts;
  }

  /** Chunks nearest to the query's vector, with their cosines. */
  private String nearest(int limit) {
    String chunks = graph ? ofGraph() : "SELECT c.document, c.id, c.embedding " + candidates("");
    return """
    SELECT n.document, n.id, 1 - n.distance AS score
    FROM (SELECT s.document, s.id, %s AS distance FROM (%s) s ORDER BY distance LIMIT %d) n\
    """
        .formatted(tables.distance("s.embedding", "(SELECT v FROM query)"), chunks, limit);
  }

  private String ofGraph() {
    String type = SearchIndexes.graphType(tables, row.settings().dimension());
    return "SELECT c.document, c.id, c.embedding %s ORDER BY %s LIMIT %d"
        .formatted(
            candidates(""),
            tables.distance("c.embedding::" + type, "(SELECT v::" + type + " FROM query)"),
            depth);
  }

  /** Chunks whose documents match, joined with something before them. */
  private String candidates(String before) {
    String from = "FROM " + before + tables.chunks() + " c";
    return isForAll()
        ? from
        : "%s JOIN %s d ON d.id = c.document WHERE %s"
            .formatted(from, tables.documents(), condition.sql());
  }

  private boolean isForAll() {
    return condition.sql().equals("TRUE");
  }

  private List<String> words() {
    String words =
        row.hasPlainWords()
            ? "?::tsvector"
            : "to_tsvector('%s'::regconfig, ?)".formatted(row.language().replace("'", "''"));
    return List.of(
        """
        asked (word, query) AS MATERIALIZED (
          SELECT lexeme,
            ('''' || replace(replace(lexeme, '\\', '\\\\'), '''', '''''') || '''')::tsquery
          FROM unnest(%s) ORDER BY positions LIMIT %d)\
        """
            .formatted(words, MAX_WORDS),
        """
        matched AS MATERIALIZED (
          SELECT c.document, c.id, a.word, ts_rank(c.words, a.query, 1) AS rank
          %s %s c.words @@ a.query)\
        """
            .formatted(candidates("asked a CROSS JOIN "), isForAll() ? "WHERE" : "AND"),
        """
        weights AS (
          SELECT word, ln(1 + (greatest(%d, count(*)) - count(*) + 0.5) / (count(*) + 0.5)) AS weight
          FROM matched GROUP BY word)\
        """
            .formatted(row.chunks()));
  }

  /** Chunks that hold the query's words. */
  private static String best(int limit) {
    return """
    SELECT m.document, m.id, sum(m.rank * w.weight)::double precision AS score
    FROM matched m JOIN weights w ON w.word = m.word
    GROUP BY m.document, m.id ORDER BY score DESC, m.document, m.id LIMIT %d\
    """
        .formatted(limit);
  }

  private static String ranked(String list) {
    return """
    SELECT l.document, l.id, row_number() OVER (ORDER BY l.score DESC, l.document, l.id) AS rank
    FROM (%s) l\
    """
        .formatted(list);
  }

  /** Reciprocal rank fusion (Cormack et al. 2009). */
  private String fused() {
    return """
    found AS (
      SELECT document, id,
        coalesce(1 / (%1$d + n.rank)::double precision, 0)
          + coalesce(1 / (%1$d + w.rank)::double precision, 0) AS score
      FROM near n FULL JOIN worded w USING (document, id)
      ORDER BY score DESC, document, id LIMIT %2$d)\
    """
        .formatted(RANK_CONSTANT, request.top());
  }
}
