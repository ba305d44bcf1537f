package dev.ragindex.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragindex.api.Embedder.Limits;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.IndexingException.Kind;
import dev.ragindex.api.RateLimits;
import dev.ragindex.core.EmbeddingCalls.Answer;
import dev.ragindex.core.EmbeddingCalls.Patience;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CanariesTest {

  private final ScriptedEmbedder embedder = new ScriptedEmbedder();
  private final EmbeddingCalls calls =
      new EmbeddingCalls(embedder, Pace.within(RateLimits.UNKNOWN), Patience.DEFAULT);

  @Test
  void they_ride_along_with_the_first_call_alone() {
    Canaries canaries = new Canaries(embedder, null);
    assertThat(canaries.guard(texts("one", "two"), calls::call)).hasSize(2);
    canaries.guard(texts("three"), calls::call);
    assertThat(embedder.calls).hasSize(2);
    assertThat(embedder.calls.element()).hasSize(4).endsWith("one", "two");
    assertThat(canaries.toRemember()).isNotNull();
  }

  @Test
  void nothing_is_counted_before_something_is_embedded() {
    Canaries canaries = new Canaries(embedder, null);
    assertThat(embedder.countersAsked).isZero();
    canaries.guard(texts("one"), calls::call);
    assertThat(embedder.countersAsked).isPositive();
  }

  @Test
  void the_same_model_passes_and_nothing_new_is_remembered() {
    Canaries again = new Canaries(embedder, remembered());
    again.guard(texts("one"), calls::call);
    assertThat(again.toRemember()).isNull();
  }

  @Test
  void a_little_noise_passes() {
    String remembered = remembered();
    Random random = new Random(7);
    embedder.otherwise =
        texts -> embedder.vectors(texts).stream().map(v -> noisy(v, random)).toList();
    Canaries again = new Canaries(embedder, remembered);
    assertThat(again.guard(texts("one"), calls::call)).hasSize(1);
  }

  @Test
  void another_model_under_the_same_name_is_found_out() {
    String remembered = remembered();
    embedder.otherwise =
        texts -> embedder.vectors(texts.stream().map(text -> "other " + text.hashCode()).toList());
    Canaries again = new Canaries(embedder, remembered);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> again.guard(texts("one"), calls::call))
          .isInstanceOfSatisfying(
              IndexingException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INFRASTRUCTURE))
          .hasMessageContaining("not the one that made this index");
    }
  }

  @Test
  void where_they_do_not_fit_they_go_before() {
    embedder.limits = new Limits(256, 1, 256, 1);
    Canaries canaries = new Canaries(embedder, null);
    List<Answer> answers = canaries.guard(texts("one"), calls::call);
    assertThat(answers).hasSize(1);
    assertThat(embedder.calls).hasSize(3);
  }

  private String remembered() {
    Canaries canaries = new Canaries(embedder, null);
    canaries.guard(texts("zero"), calls::call);
    String remembered = canaries.toRemember();
    assertThat(remembered).isNotNull();
    embedder.calls.clear();
    return remembered;
  }

  private static float[] noisy(float[] vector, Random random) {
    float[] noisy = vector.clone();
    double scale = 0.1 / Math.sqrt(vector.length);
    for (int i = 0; i < noisy.length; i++) {
      noisy[i] += (float) (random.nextGaussian() * scale);
    }
    return noisy;
  }

  private static List<TextToEmbed> texts(String... texts) {
    return java.util.stream.Stream.of(texts).map(text -> new TextToEmbed(text, 1)).toList();
  }
}
