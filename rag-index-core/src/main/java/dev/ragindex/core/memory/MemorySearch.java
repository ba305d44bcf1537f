package dev.ragindex.core.memory;

import static java.util.Objects.requireNonNull;

import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Placement;
import dev.ragindex.api.SearchHit;
import dev.ragindex.api.SearchRequest;
import dev.ragindex.api.StoredChunk;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * One search over one commit, chunk by chunk.
 *
 * @param snapshot the commit
 * @param request what to look for
 */
record MemorySearch(MemorySnapshot snapshot, SearchRequest request) {

  private static final int RANK_CONSTANT = 60;

  private static final Comparator<SearchHit> BEST_FIRST =
      Comparator.comparingDouble(SearchHit::score)
          .reversed()
          .thenComparing(SearchHit::document)
          .thenComparing(SearchHit::start);

  List<SearchHit> hits(float @Nullable [] vector) {
    List<SearchHit> all =
        switch (request.mode()) {
          case VECTOR -> nearest(required(vector));
          case KEYWORD -> words();
          case HYBRID -> fused(nearest(required(vector)), words());
        };
    return List.copyOf(all.subList(0, Math.min(request.top(), all.size())));
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

  private List<SearchHit> nearest(float[] query) {
    return scored(chunk -> cosine(query, requireNonNull(chunk.vector())));
  }

  private List<SearchHit> words() {
    WordIndex words = new WordIndex();
    snapshot.documents().values().stream()
        .flatMap(document -> document.chunks().stream())
        .forEach(chunk -> words.add(chunk.text()));
    List<SearchHit> hits = scored(chunk -> words.score(request.text(), chunk.text()));
    return hits.stream().filter(hit -> hit.score() > 0).toList();
  }

  private List<SearchHit> scored(ToDoubleFunction<StoredChunk> score) {
    List<SearchHit> hits = new ArrayList<>();
    for (MemoryDocument document : snapshot.documents().values()) {
      DocumentState state = document.state();
      boolean searched = request.source() == null || request.source().equals(state.id().source());
      if (searched && request.filter().test(state.metadata())) {
        for (int i = 0; i < document.chunks().size(); i++) {
          StoredChunk chunk = document.chunks().get(i);
          hits.add(hit(score.applyAsDouble(chunk), state, document.layout().get(i), chunk));
        }
      }
    }
    hits.sort(BEST_FIRST);
    return hits;
  }

  private static SearchHit hit(
      double score, DocumentState state, Placement place, StoredChunk chunk) {
    return new SearchHit(
        score,
        state.id(),
        chunk.id(),
        place.start(),
        place.end(),
        place.page(),
        place.headings(),
        state.metadata().with(place.metadata()),
        chunk.text());
  }

  /** Reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009). */
  private static List<SearchHit> fused(List<SearchHit> left, List<SearchHit> right) {
    Map<SearchHit, Double> scores = new HashMap<>();
    for (List<SearchHit> list : List.of(left, right)) {
      for (int i = 0; i < list.size(); i++) {
        scores.merge(withScore(list.get(i), 0), 1.0 / (RANK_CONSTANT + i + 1), Double::sum);
      }
    }
    return scores.entrySet().stream()
        .map(entry -> withScore(entry.getKey(), entry.getValue()))
        .sorted(BEST_FIRST)
        .toList();
  }

  private static SearchHit withScore(SearchHit hit, double score) {
    return new SearchHit(
        score,
        hit.document(),
        hit.chunk(),
        hit.start(),
        hit.end(),
        hit.page(),
        hit.headings(),
        hit.metadata(),
        hit.text());
  }

  private static double cosine(float[] left, float[] right) {
    double dot = 0;
    double leftSquare = 0;
    double rightSquare = 0;
    for (int i = 0; i < left.length; i++) {
      dot += (double) left[i] * right[i];
      leftSquare += (double) left[i] * left[i];
      rightSquare += (double) right[i] * right[i];
    }
    return dot / Math.sqrt(leftSquare * rightSquare);
  }
}
