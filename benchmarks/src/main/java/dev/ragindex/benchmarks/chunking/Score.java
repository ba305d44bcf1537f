package dev.ragindex.benchmarks.chunking;

import java.util.List;

/**
 * How well passages answer a question, in characters, as <a
 * href="https://github.com/brandonstarxel/chunking_evaluation">chunking_evaluation</a> defines it
 * (Smith and Troynikov, 2024).
 *
 * @param recall share of the answers that the passages cover
 * @param precision share of the passages that belongs to answers; passages of other corpora count
 * @param iou what both share, of the passages and the answers not found
 */
record Score(double recall, double precision, double iou) {

  /** Scores what was retrieved. */
  static Score of(Question question, List<Passage> retrieved) {
    double found = Span.total(covered(question, spans(question, retrieved)));
    int all = retrieved.stream().mapToInt(passage -> passage.span().length()).sum();
    int missed = missed(question, spans(question, retrieved));
    return new Score(found / Span.total(question.answers()), found / all, found / (all + missed));
  }

  /**
   * precisionΩ: the intersection over union that a perfect retrieval would reach, which takes each
   * passage that touches an answer.
   */
  static double omega(Question question, List<Passage> passages) {
    List<Span> touching =
        spans(question, passages).stream()
            .filter(span -> question.answers().stream().anyMatch(span::touches))
            .toList();
    double found = Span.total(covered(question, touching));
    return found / (Span.total(Span.union(touching)) + missed(question, touching));
  }

  private static List<Span> spans(Question question, List<Passage> passages) {
    return passages.stream()
        .filter(passage -> passage.corpus().equals(question.corpus()))
        .map(Passage::span)
        .toList();
  }

  private static List<Span> covered(Question question, List<Span> spans) {
    return Span.union(Span.common(spans, question.answers()));
  }

  private static int missed(Question question, List<Span> spans) {
    return question.answers().stream()
        .mapToInt(
            answer -> answer.length() - Span.total(Span.union(Span.common(spans, List.of(answer)))))
        .sum();
  }
}
