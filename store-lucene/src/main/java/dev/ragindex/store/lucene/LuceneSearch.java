package dev.ragindex.store.lucene;

import dev.ragindex.api.Filter;
import dev.ragindex.api.SearchHit;
import dev.ragindex.api.SearchRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.RescoreTopNQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopDocsCollector;
import org.apache.lucene.search.join.JoinUtil;
import org.apache.lucene.search.join.ScoreMode;
import org.jspecify.annotations.Nullable;

/**
 * One search over one commit.
 *
 * <p>Vector search is exact where few chunks can match, by the graph (HNSW) elsewhere; a graph
 * search asks for more than it returns, which is what its accuracy depends on, and one that finds
 * too few under a filter is repeated exactly.
 */
final class LuceneSearch {

  /** With fewer chunks to compare, comparing all is faster than walking the graph. */
  private static final int EXACT_BELOW = 8_192;

  private static final int RANK_CONSTANT = 60;
  private static final int MAX_WORDS = 1_000;

  private final LuceneSnapshot snapshot;
  private final SearchRequest request;
  private final int exactBelow;
  private final IndexSearcher searcher;
  private final int depth;

  LuceneSearch(LuceneSnapshot snapshot, SearchRequest request) {
    this(snapshot, request, EXACT_BELOW);
  }

  LuceneSearch(LuceneSnapshot snapshot, SearchRequest request, int exactBelow) {
    this.snapshot = snapshot;
    this.request = request;
    this.exactBelow = exactBelow;
    this.searcher = new IndexSearcher(snapshot.reader());
    this.depth = Math.max(50, 5 * request.top());
  }

  List<SearchHit> hits(float @Nullable [] vector) throws IOException {
    Query filter = filter();
    Hits hits = new Hits(snapshot, searcher);
    return switch (request.mode()) {
      case VECTOR -> hits.load(nearest(required(vector), filter), request.top(), Hits::cosine);
      case KEYWORD -> hits.load(words(filter), request.top(), score -> score);
      case HYBRID -> {
        TopDocs[] both = {nearest(required(vector), filter), words(filter)};
        TopDocs fused = TopDocs.rrf(request.top(), RANK_CONSTANT, both);
        yield hits.load(fused, request.top(), score -> score);
      }
    };
  }

  private float[] required(float @Nullable [] vector) {
    int dimension = snapshot.settings().dimension();
    if (vector == null) {
      throw new IllegalArgumentException(request.mode() + " search needs the query's vector");
    }
    if (dimension != 0 && vector.length != dimension) {
      throw new IllegalArgumentException(
          "the query's vector has %d floats, those of the index %d"
              .formatted(vector.length, dimension));
    }
    return vector;
  }

  /** What chunks must match, or null for all. */
  private @Nullable Query filter() throws IOException {
    List<Query> conditions = new ArrayList<>();
    if (request.source() != null) {
      conditions.add(new TermQuery(new Term(ChunkFields.SOURCE, request.source())));
    }
    if (!request.filter().equals(Filter.ALL)) {
      conditions.add(ofMatchingDocuments(request.filter()));
    }
    return conditions.isEmpty() ? null : all(conditions);
  }

  private Query ofMatchingDocuments(Filter filter) throws IOException {
    try {
      return JoinUtil.createJoinQuery(
          RecordFields.RECORD,
          false,
          ChunkFields.DOCUMENT,
          FilterQueries.of(filter),
          searcher,
          ScoreMode.None);
    } catch (IndexSearcher.TooManyClauses e) {
      throw new IllegalArgumentException(
          "a filter has at most %d conditions; in and anyOf count as one"
              .formatted(IndexSearcher.getMaxClauseCount()),
          e);
    }
  }

  private static Query all(List<Query> conditions) {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    conditions.forEach(condition -> all.add(condition, Occur.FILTER));
    return all.build();
  }

  private TopDocs nearest(float[] vector, @Nullable Query filter) throws IOException {
    String field = ChunkFields.vectorField(vector.length);
    Query candidates = Objects.requireNonNullElseGet(filter, () -> new FieldExistsQuery(field));
    int count = searcher.count(candidates);
    if (count == 0) {
      return TopDocsCollector.EMPTY_TOPDOCS;
    }
    if (count > exactBelow) {
      TopDocs found = searcher.search(new KnnFloatVectorQuery(field, vector, depth, filter), depth);
      if (found.scoreDocs.length >= request.top()) {
        return found;
      }
    }
    return searcher.search(
        RescoreTopNQuery.createFullPrecisionRescorerQuery(candidates, vector, field, depth), depth);
  }

  private TopDocs words(@Nullable Query filter) throws IOException {
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    for (String word : words(request.text())) {
      any.add(new TermQuery(new Term(ChunkFields.TEXT, word)), Occur.SHOULD);
    }
    if (filter == null) {
      return searcher.search(any.build(), depth);
    }
    BooleanQuery filtered =
        new BooleanQuery.Builder().add(any.build(), Occur.MUST).add(filter, Occur.FILTER).build();
    return searcher.search(filtered, depth);
  }

  /** The first different words of a query, so many as Lucene takes at once. */
  private static Set<String> words(String text) throws IOException {
    Set<String> words = new LinkedHashSet<>();
    try (Analyzer analyzer = new StandardAnalyzer();
        TokenStream tokens = analyzer.tokenStream(ChunkFields.TEXT, text)) {
      CharTermAttribute word = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      while (words.size() < MAX_WORDS && tokens.incrementToken()) {
        words.add(word.toString());
      }
      tokens.end();
    }
    return words;
  }
}
