package dev.ragindex.embedder.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.ragindex.api.Embedder.Limits;
import dev.ragindex.api.TokenCounter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class OnnxEmbedderTest {

  private static final OnnxEmbedder MINI_LM = OnnxEmbedder.miniLm();

  @AfterAll
  static void close() {
    MINI_LM.close();
  }

  @Test
  void similar_texts_are_nearer_than_others() {
    float[] leave = vector("How many days of vacation do employees get?");

    double near = cosine(leave, vector("Every member of staff has 30 days of annual leave."));
    double far = cosine(leave, vector("The compiler reports an error on line seven."));

    assertThat(near).isGreaterThan(far + 0.2);
  }

  @Test
  void vectors_have_the_dimension_and_length_one() {
    for (String text : List.of("a", "", "\u0000\uD800", "語".repeat(100))) {
      float[] vector = vector(text);

      assertThat(vector).hasSize(MINI_LM.dimension());
      assertThat(cosine(vector, vector)).isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void order_is_kept() {
    List<String> texts = IntStream.range(0, 10).mapToObj(i -> "text number " + i).toList();

    List<float[]> together = MINI_LM.embed(texts);

    assertThat(together.toArray(float[][]::new))
        .isDeepEqualTo(texts.stream().map(OnnxEmbedderTest::vector).toArray(float[][]::new));
    assertThat(together.get(3)).isNotEqualTo(together.get(4));
  }

  @Test
  void equal_texts_give_equal_vectors_whatever_runs_beside_them() throws Exception {
    String text = "Readers see commits only. ".repeat(8);
    float[] alone = vector(text);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<float[]>>> runs =
          IntStream.range(0, 24)
              .mapToObj(
                  i ->
                      executor.submit(
                          () -> MINI_LM.embed(List.of("neighbour ".repeat(1 + 9 * i), text))))
              .toList();

      for (Future<List<float[]>> run : runs) {
        assertThat(run.get().getLast()).isEqualTo(alone);
      }
    }
  }

  @Test
  void another_session_gives_the_same_vectors() {
    try (OnnxEmbedder other = OnnxEmbedder.miniLm()) {
      assertThat(other.embed(List.of("some text")).getFirst()).isEqualTo(vector("some text"));
    }
  }

  @Test
  void two_instances_and_many_threads_at_once_agree() throws Exception {
    List<String> texts = IntStream.range(0, 8).mapToObj(i -> "word ".repeat(1 + 7 * i)).toList();
    List<float[]> wanted = MINI_LM.embed(texts);
    try (OnnxEmbedder first = OnnxEmbedder.miniLm();
        OnnxEmbedder second = OnnxEmbedder.miniLm();
        var executor = Executors.newFixedThreadPool(8)) {
      List<Future<List<float[]>>> runs =
          IntStream.range(0, 16)
              .mapToObj(i -> executor.submit(() -> (i % 2 == 0 ? first : second).embed(texts)))
              .toList();

      for (Future<List<float[]>> run : runs) {
        assertThat(run.get().toArray(float[][]::new)).isDeepEqualTo(wanted.toArray(float[][]::new));
      }
    }
  }

  @Test
  void closing_may_come_while_the_model_is_loaded() throws Exception {
    try (var executor = Executors.newSingleThreadExecutor()) {
      OnnxEmbedder embedder = OnnxEmbedder.miniLm();
      CountDownLatch started = new CountDownLatch(1);
      Future<Set<List<Float>>> loop = executor.submit(() -> queryUntilClosed(embedder, started));

      embedder.close();

      assertThat(loop.get()).hasSizeLessThanOrEqualTo(1);
    }
  }

  @Test
  void a_text_at_the_limit_is_embedded_whole() {
    int limit = MINI_LM.limits().tokensPerText();
    String text = "word ".repeat(limit);
    assertThat(MINI_LM.tokenCounter().count(text)).isEqualTo(limit).isEqualTo(254);

    assertThat(vector(text)).isNotEqualTo(vector("word ".repeat(limit - 1) + "end"));
  }

  @Test
  void a_text_beyond_the_limit_is_refused() {
    String text = "word ".repeat(MINI_LM.limits().tokensPerText() + 1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> MINI_LM.embed(List.of("fine", text)))
        .withMessageContaining("256")
        .withMessageContaining("257");
    assertThatIllegalArgumentException().isThrownBy(() -> MINI_LM.embedQuery(text));
  }

  @Test
  void the_counter_counts_as_the_tokenizer_does() {
    String text = "Employees have 30 days of leave.";
    TokenCounter counter = MINI_LM.tokenCounter();

    assertThat(counter.count(text)).isEqualTo(7);
    assertThat(counter.count(text, 10, 14)).isEqualTo(1);
    assertThat(counter.counted(text).count(10, 17)).isEqualTo(2);
    assertThat(counter.counted(text).getClass())
        .as("reads the text once")
        .isEqualTo(OnnxModel.MINI_LM.files().readTokenizer().counter().counted(text).getClass());
  }

  @Test
  void limits_leave_room_for_the_longer_prefix() {
    try (OnnxEmbedder bge = OnnxEmbedder.bgeSmall();
        OnnxEmbedder e5 = OnnxEmbedder.e5Small()) {
      for (OnnxEmbedder embedder : List.of(bge, e5)) {
        Limits limits = embedder.limits();
        String text = "word ".repeat(limits.tokensPerText());

        assertThat(embedder.embedQuery(text)).hasSize(384);
        assertThat(embedder.embed(List.of(text))).hasSize(1);
        assertThatIllegalArgumentException().isThrownBy(() -> embedder.embedQuery(text + "word"));
        assertThat(limits.callsInFlight()).isEqualTo(Runtime.getRuntime().availableProcessors());
      }
    }
  }

  @Test
  void signatures_tell_models_apart_and_name_what_decides_a_vector() {
    try (OnnxEmbedder e5 = OnnxEmbedder.e5Small();
        OnnxEmbedder same = OnnxEmbedder.e5Small()) {
      assertThat(e5.signature()).isEqualTo(same.signature()).isNotEqualTo(MINI_LM.signature());
      assertThat(e5.signature().name()).isEqualTo("e5-small-v2-q");
      assertThat(e5.signature().settings())
          .containsEntry("dimension", "384")
          .containsEntry("pooling", "MEAN")
          .containsEntry("normalised", "true")
          .containsEntry("documentPrefix", "passage: ")
          .containsEntry("queryPrefix", "query: ");
      assertThat(e5.signature().settings().get("revision")).matches("[0-9a-f]{16}");
      assertThat(e5.signature().settings().get("tokenizer")).matches("[0-9a-f]{16}");
    }
  }

  @Test
  void a_closed_embedder_refuses_work() {
    OnnxEmbedder used = OnnxEmbedder.miniLm();
    used.embedQuery("text");
    OnnxEmbedder unused = OnnxEmbedder.miniLm();

    for (OnnxEmbedder embedder : List.of(used, unused)) {
      embedder.close();
      embedder.close();

      assertThatIllegalStateException().isThrownBy(() -> embedder.embedQuery("text"));
      assertThatIllegalStateException().isThrownBy(() -> embedder.embed(List.of("text")));
    }
  }

  @Test
  void closing_waits_for_runs_in_flight() throws Exception {
    OnnxEmbedder embedder = OnnxEmbedder.miniLm();
    float[] wanted = vector("word ".repeat(250));
    CountDownLatch running = new CountDownLatch(4);
    try (var executor = Executors.newFixedThreadPool(4)) {
      List<Future<Set<List<Float>>>> loops =
          IntStream.range(0, 4)
              .mapToObj(i -> executor.submit(() -> queryUntilClosed(embedder, running)))
              .toList();
      running.await();

      embedder.close();

      for (Future<Set<List<Float>>> loop : loops) {
        assertThat(loop.get()).containsExactly(list(wanted));
      }
    }
  }

  /** All different vectors of one text that came out before the embedder was closed. */
  private static Set<List<Float>> queryUntilClosed(OnnxEmbedder embedder, CountDownLatch running) {
    Set<List<Float>> vectors = new HashSet<>();
    try {
      while (true) {
        vectors.add(list(embedder.embedQuery("word ".repeat(250))));
        running.countDown();
      }
    } catch (IllegalStateException closed) {
      return vectors;
    }
  }

  private static float[] vector(String text) {
    return MINI_LM.embed(List.of(text)).getFirst();
  }

  private static List<Float> list(float[] vector) {
    return IntStream.range(0, vector.length).mapToObj(i -> vector[i]).toList();
  }

  private static double cosine(float[] a, float[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> (double) a[i] * b[i]).sum();
  }
}
