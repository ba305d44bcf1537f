package dev.ragindex.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragindex.api.IndexingException;
import dev.ragindex.api.IndexingException.Kind;
import dev.ragindex.api.RateLimits;
import dev.ragindex.api.ServiceException;
import dev.ragindex.api.ServiceException.Reason;
import dev.ragindex.core.EmbeddingCalls.Answer;
import dev.ragindex.core.EmbeddingCalls.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EmbeddingCallsTest {

  private static final Patience SHORT =
      new Patience(10, Duration.ofMillis(1), Duration.ofMillis(2));

  private final ScriptedEmbedder embedder = new ScriptedEmbedder();
  private final EmbeddingCalls calls =
      new EmbeddingCalls(embedder, Pace.within(RateLimits.UNKNOWN), SHORT);

  @Test
  void vectors_come_back_in_order_and_of_unit_length() {
    embedder.then(texts -> embedder.vectors(texts).stream().map(v -> scaled(v, 7)).toList());
    List<Answer> answers = calls.call(texts("one", "two"));
    List<float[]> plain = embedder.vectors(List.of("one", "two"));
    assertThat(vector(answers.get(0)))
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(plain.get(0));
    assertThat(vector(answers.get(1)))
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(plain.get(1));
  }

  @ParameterizedTest
  @EnumSource(names = {"THROTTLED", "UNAVAILABLE"})
  void what_fails_in_passing_is_repeated(Reason reason) {
    embedder.thenFails(4, reason, null);
    assertThat(calls.call(texts("one"))).allMatch(Answer.Embedded.class::isInstance);
    assertThat(embedder.calls).hasSize(5);
  }

  @Test
  void the_wait_that_a_service_asks_for_is_kept() {
    embedder.thenFails(1, Reason.THROTTLED, Duration.ofMillis(300));
    long start = System.nanoTime();
    calls.call(texts("one"));
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(300), Duration.ofSeconds(20));
  }

  @Test
  void a_service_that_asks_one_call_to_wait_is_left_alone_by_all() {
    List<Duration> slept = Collections.synchronizedList(new ArrayList<>());
    Thread stop = Thread.currentThread();
    Pace watched =
        new Pace(
            RateLimits.UNKNOWN,
            () -> 0,
            time -> {
              slept.add(time);
              stop.interrupt();
              throw new InterruptedException();
            });
    EmbeddingCalls others = new EmbeddingCalls(embedder, watched, SHORT);
    watched.holdBack(Duration.ofSeconds(3));
    assertThatThrownBy(() -> others.call(texts("one"))).isInstanceOf(IndexingException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(slept).containsExactly(Duration.ofSeconds(3));
    assertThat(embedder.calls).isEmpty();
  }

  @Test
  void patience_ends_and_no_document_is_blamed() {
    embedder.otherwise = ScriptedEmbedder.failing(Reason.THROTTLED, null);
    assertThatThrownBy(() -> calls.call(texts("one")))
        .isInstanceOfSatisfying(
            IndexingException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INFRASTRUCTURE));
    assertThat(embedder.calls).hasSize(SHORT.attempts());
  }

  @Test
  void a_wrong_key_is_not_tried_again() {
    embedder.otherwise = ScriptedEmbedder.failing(Reason.MISCONFIGURED, null);
    assertThatThrownBy(() -> calls.call(texts("one")))
        .isInstanceOfSatisfying(
            ServiceException.class, e -> assertThat(e.reason()).isEqualTo(Reason.MISCONFIGURED));
    assertThat(embedder.calls).hasSize(1);
  }

  @Test
  void after_sustained_failure_the_service_is_not_asked_any_more() {
    embedder.otherwise = ScriptedEmbedder.failing(Reason.UNAVAILABLE, null);
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> calls.call(texts("one")))
          .isInstanceOfSatisfying(
              IndexingException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INFRASTRUCTURE));
    }
    assertThat(embedder.calls).hasSize(6 * embedder.limits().callsInFlight());
  }

  @ParameterizedTest
  @EnumSource(names = {"REJECTED", "UNUSABLE"})
  void the_culprit_of_a_refused_call_is_found_and_the_others_are_embedded(Reason reason) {
    embedder.otherwise = embedder.refusing("poison", reason);
    List<Answer> answers = calls.call(texts("a", "b", "c", "poison", "d", "e", "f"));
    assertThat(answers.get(3))
        .isInstanceOfSatisfying(
            Answer.Refused.class,
            refused -> {
              assertThat(refused.why().kind()).isEqualTo(Kind.CONTENT);
              assertThat(refused.why()).hasMessageContaining("scripted " + reason);
            });
    assertThat(Stream.of(0, 1, 2, 4, 5, 6).map(answers::get))
        .allMatch(Answer.Embedded.class::isInstance);
  }

  @Test
  void a_text_the_embedder_finds_too_long_is_refused_alone() {
    embedder.otherwise =
        texts -> {
          if (texts.contains("long")) {
            throw new IllegalArgumentException("too long");
          }
          return embedder.vectors(texts);
        };
    List<Answer> answers = calls.call(texts("a", "long"));
    assertThat(answers.get(0)).isInstanceOf(Answer.Embedded.class);
    assertThat(answers.get(1)).isInstanceOf(Answer.Refused.class);
  }

  @Test
  void a_service_that_answers_nonsense_to_everything_blames_no_text() {
    embedder.otherwise = ScriptedEmbedder.failing(Reason.UNUSABLE, null);
    assertThatThrownBy(() -> calls.call(texts("one", "two")))
        .isInstanceOfSatisfying(
            IndexingException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INFRASTRUCTURE));
  }

  @Test
  void too_few_vectors_are_asked_for_again() {
    embedder.then(texts -> embedder.vectors(texts).subList(0, 1));
    assertThat(calls.call(texts("one", "two"))).hasSize(2);
    assertThat(embedder.calls).hasSize(2);
  }

  @Test
  void a_vector_with_a_hole_is_asked_for_again() {
    embedder.then(texts -> List.of(new float[embedder.dimension()]));
    embedder.then(texts -> List.of(filled(Float.NaN)));
    assertThat(calls.call(texts("one"))).allMatch(Answer.Embedded.class::isInstance);
    assertThat(embedder.calls).hasSize(3);
  }

  @Test
  void vectors_of_another_dimension_end_the_run() {
    embedder.then(texts -> List.of(new float[] {1, 0}));
    assertThatThrownBy(() -> calls.call(texts("one")))
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("2 dimensions, not " + embedder.dimension());
  }

  private float[] filled(float value) {
    float[] vector = new float[embedder.dimension()];
    java.util.Arrays.fill(vector, value);
    return vector;
  }

  private static float[] scaled(float[] vector, float by) {
    float[] scaled = vector.clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= by;
    }
    return scaled;
  }

  private static float[] vector(Answer answer) {
    return ((Answer.Embedded) answer).vector();
  }

  private static List<TextToEmbed> texts(String... texts) {
    return Stream.of(texts).map(text -> new TextToEmbed(text, 1)).toList();
  }
}
