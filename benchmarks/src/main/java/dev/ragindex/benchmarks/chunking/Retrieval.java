package dev.ragindex.benchmarks.chunking;

import dev.ragindex.api.Chunk;
import dev.ragindex.api.Document;
import dev.ragindex.api.Embedder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Answers the evaluation's questions from the chunks of all its corpora together. */
final class Retrieval {

  private static final int TOP = 5;

  private final Map<String, Document> corpora;
  private final List<Question> questions;
  private final Embedder embedder;
  private final List<float[]> queries;

  /** Retrieves by an embedder whose vectors have length 1. */
  Retrieval(Map<String, Document> corpora, List<Question> questions, Embedder embedder) {
    this.corpora = new TreeMap<>(corpora);
    this.questions = questions;
    this.embedder = embedder;
    this.queries =
        questions.parallelStream().map(question -> embedder.embedQuery(question.text())).toList();
  }

  /**
   * What a variant reaches.
   *
   * @param chunks number of chunks
   * @param meanTokens their mean size, without context
   * @param scores a score for each question, in order
   * @param omega mean precisionΩ
   */
  record Result(int chunks, double meanTokens, List<Score> scores, double omega) {

    double recall() {
      return scores.stream().mapToDouble(Score::recall).average().orElseThrow();
    }

    double precision() {
      return scores.stream().mapToDouble(Score::precision).average().orElseThrow();
    }

    double iou() {
      return scores.stream().mapToDouble(Score::iou).average().orElseThrow();
    }

    /** Recall less another's, for each question. */
    double[] recallLess(Result other) {
      return IntStream.range(0, scores.size())
          .mapToDouble(i -> scores.get(i).recall() - other.scores.get(i).recall())
          .toArray();
    }
  }

  /** Cuts, embeds and retrieves. */
  Result of(Variant variant) {
    List<Passage> passages = passages(variant);
    List<float[]> embedded = embedder.embed(passages.stream().map(Passage::sent).toList());
    List<Score> scores =
        IntStream.range(0, questions.size())
            .parallel()
            .mapToObj(i -> Score.of(questions.get(i), top(queries.get(i), passages, embedded)))
            .toList();
    double omega =
        questions.stream()
            .mapToDouble(question -> Score.omega(question, passages))
            .average()
            .orElseThrow();
    return new Result(passages.size(), variant.meanTokens(documents()), scores, omega);
  }

  /** All corpora. */
  List<Document> documents() {
    return List.copyOf(corpora.values());
  }

  private List<Passage> passages(Variant variant) {
    SentText sent = new SentText(true);
    List<Passage> passages = new ArrayList<>();
    corpora.forEach(
        (name, corpus) -> {
          for (Chunk chunk : variant.cut(corpus)) {
            Span span = new Span(chunk.start(), chunk.end());
            passages.add(new Passage(name, span, sent.of(variant.model(), chunk)));
          }
        });
    return passages;
  }

  private static List<Passage> top(float[] query, List<Passage> passages, List<float[]> vectors) {
    double[] cosines = vectors.stream().mapToDouble(vector -> dot(query, vector)).toArray();
    return IntStream.range(0, cosines.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -cosines[i]))
        .limit(TOP)
        .map(passages::get)
        .toList();
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
