package dev.ragindex.benchmarks.pgvector;

import dev.ragindex.api.Filter;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.SearchHit;
import dev.ragindex.api.SearchRequest;
import dev.ragindex.api.StoredChunk;
import dev.ragindex.api.VectorStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntPredicate;

/**
 * Searches of a store that holds a corpus.
 *
 * @param store the store
 * @param corpus what is in it, but for the first chunk of some documents
 */
record SearchFigures(VectorStore store, Corpus corpus) {

  private static final int QUERIES = 50;
  private static final int TOP = 10;
  private static final int[] SHARES = {1_000, 500, 100, 10, 1};

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Passage(UUID id, int document, float[] vector) {}

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Query(String text, float[] vector) {}

  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    List<Passage> passages = passages();
    for (int share : SHARES) {
      rows.add(filtered(share, passages));
    }
    rows.add(hybrid());
    return rows;
  }

  private List<Passage> passages() {
    List<Passage> passages = new ArrayList<>();
    for (int document = 0; document < corpus.documents(); document++) {
      Mutation.Put put = Corpus.put(document, document % 100 == 0 ? 1 : 0);
      for (StoredChunk chunk : put.chunks()) {
        passages.add(new Passage(chunk.id(), document, PlainTable.vector(chunk)));
      }
    }
    return passages;
  }

  private static List<Query> queries() {
    List<Query> queries = new ArrayList<>();
    for (int i = 0; i < QUERIES; i++) {
      Random random = new Random(-1 - i);
      String words = String.join(" ", List.of(Corpus.text(random).split(" ")).subList(0, 5));
      queries.add(new Query(words, Corpus.vector(random)));
    }
    return queries;
  }

  private Row filtered(int share, List<Passage> passages) {
    IntPredicate accepts = document -> Corpus.share(document) < share;
    List<Passage> accepted =
        passages.stream().filter(passage -> accepts.test(passage.document())).toList();
    int wanted = Math.min(TOP, accepted.size());
    int fewest = TOP;
    double found = 0;
    double[] millis = new double[QUERIES];
    List<Query> queries = queries();
    for (int i = 0; i < QUERIES; i++) {
      Query query = queries.get(i);
      SearchRequest request =
          SearchRequest.of(query.text()).top(TOP).where(Filter.lt(Corpus.SHARE, (long) share));
      long start = System.nanoTime();
      List<SearchHit> hits = store.search(request, query.vector());
      millis[i] = (System.nanoTime() - start) / 1e6;
      fewest = Math.min(fewest, hits.size());
      Set<UUID> nearest = nearest(query.vector(), accepted);
      found += hits.stream().filter(hit -> nearest.contains(hit.chunk())).count();
    }
    return new Row(
        "filter that accepts %.1f %%".formatted(share / 10.0),
        "%d hits, recall@10 ≥ 0.95".formatted(wanted),
        String.format(
            Locale.ROOT,
            "at least %d hits, recall %.3f, median %.1f ms",
            fewest,
            found / (QUERIES * Math.max(1, wanted)),
            Row.median(millis)));
  }

  private static Set<UUID> nearest(float[] query, List<Passage> passages) {
    Set<UUID> nearest = new HashSet<>();
    passages.stream()
        .sorted(Comparator.comparingDouble(passage -> -dot(query, passage.vector())))
        .limit(TOP)
        .forEach(passage -> nearest.add(passage.id()));
    return nearest;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** Each query in each mode in turn, twice: the first time warms up. */
  private Row hybrid() {
    double[] vector = new double[QUERIES];
    double[] keyword = new double[QUERIES];
    double[] hybrid = new double[QUERIES];
    List<Query> queries = queries();
    for (int i = 0; i < 2 * QUERIES; i++) {
      Query query = queries.get(i % QUERIES);
      vector[i % QUERIES] = millis(query, SearchRequest.Mode.VECTOR);
      keyword[i % QUERIES] = millis(query, SearchRequest.Mode.KEYWORD);
      hybrid[i % QUERIES] = millis(query, SearchRequest.Mode.HYBRID);
    }
    double[] parts = new double[QUERIES];
    Arrays.setAll(parts, i -> vector[i] + keyword[i]);
    return new Row(
        "hybrid search",
        "≤ 1.2× the sum of its parts",
        String.format(
            Locale.ROOT,
            "%s: %.1f ms, vector %.1f ms, keyword %.1f ms",
            Row.ratio(hybrid, parts),
            Row.median(hybrid),
            Row.median(vector),
            Row.median(keyword)));
  }

  private double millis(Query query, SearchRequest.Mode mode) {
    SearchRequest request = SearchRequest.of(query.text()).top(TOP).mode(mode);
    long start = System.nanoTime();
    store.search(request, mode == SearchRequest.Mode.KEYWORD ? null : query.vector());
    return (System.nanoTime() - start) / 1e6;
  }
}
