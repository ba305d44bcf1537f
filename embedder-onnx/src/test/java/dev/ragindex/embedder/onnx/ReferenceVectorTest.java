package dev.ragindex.embedder.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Vectors equal those of an independent computation. */
class ReferenceVectorTest {

  private static final List<String> TEXTS =
      List.of(
          "Employees have 30 days of leave.",
          "",
          "Größe, naïve façade — 東京 😀 x < y && z",
          "The quick brown fox jumps over the lazy dog. ".repeat(20));

  @Test
  void mini_lm_is_the_mean() throws Exception {
    try (var embedder = OnnxEmbedder.miniLm();
        var naive = NaiveEmbedding.of("all-minilm-l6-v2-q")) {
      for (String text : TEXTS) {
        assertEqual(embedder.embed(List.of(text)).getFirst(), naive.meanPooled(text));
        assertEqual(embedder.embedQuery(text), naive.meanPooled(text));
      }
    }
  }

  @Test
  void bge_is_the_first_token_and_instructs_queries() throws Exception {
    try (var embedder = OnnxEmbedder.bgeSmall();
        var naive = NaiveEmbedding.of("bge-small-en-v1.5-q")) {
      for (String text : TEXTS) {
        assertEqual(embedder.embed(List.of(text)).getFirst(), naive.firstToken(text));
        assertEqual(
            embedder.embedQuery(text),
            naive.firstToken("Represent this sentence for searching relevant passages: " + text));
      }
    }
  }

  @Test
  void e5_is_the_mean_and_prefixes_both_sides() throws Exception {
    try (var embedder = OnnxEmbedder.e5Small();
        var naive = NaiveEmbedding.of("e5-small-v2-q")) {
      for (String text : TEXTS) {
        assertEqual(embedder.embed(List.of(text)).getFirst(), naive.meanPooled("passage: " + text));
        assertEqual(embedder.embedQuery(text), naive.meanPooled("query: " + text));
      }
    }
  }

  private static void assertEqual(float[] found, double[] wanted) {
    assertThat(found).hasSize(wanted.length);
    for (int i = 0; i < found.length; i++) {
      assertThat((double) found[i]).as("element %d", i).isCloseTo(wanted[i], within(1e-4));
    }
  }
}
