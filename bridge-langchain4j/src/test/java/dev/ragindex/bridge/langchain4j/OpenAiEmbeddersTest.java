package dev.ragindex.bridge.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.ragindex.api.Embedder;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.Stage;
import dev.ragindex.bridge.langchain4j.FakeOpenAi.Reply;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiEmbeddersTest {

  private static final String MODEL = "text-embedding-3-small";
  private static final String KEY = "sk-5ecret";
  private static final String TEXT = "the patient's confidential diagnosis";

  private FakeOpenAi server;
  private Embedder embedder;

  @BeforeEach
  void start() throws IOException {
    server = new FakeOpenAi();
    embedder = OpenAiEmbedders.of(MODEL, () -> KEY, server.baseUrl(), new WordCounter());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void embeds_texts_in_one_request_with_the_key_in_its_header() {
    List<float[]> vectors = embedder.embed(List.of("one", "two", "three"));

    assertThat(vectors).hasSize(3);
    assertDirection(vectors.get(0), "one");
    assertDirection(vectors.get(1), "two");
    assertDirection(vectors.get(2), "three");
    assertThat(server.requests)
        .containsExactly(
            new FakeOpenAi.Request(
                "/v1/embeddings", "Bearer " + KEY, MODEL, List.of("one", "two", "three")));
  }

  @Test
  void embeds_a_query_as_the_same_text_of_a_document() {
    assertThat(embedder.embedQuery("one")).isEqualTo(embedder.embed(List.of("one")).get(0));
  }

  @Test
  void no_text_costs_no_request() {
    assertThat(embedder.embed(List.of())).isEmpty();
    assertThat(server.requests).isEmpty();
  }

  @Test
  void asks_for_the_key_at_each_call() {
    AtomicReference<String> key = new AtomicReference<>("first");
    Embedder rotating = OpenAiEmbedders.of(MODEL, key::get, server.baseUrl(), new WordCounter());

    rotating.embedQuery("one");
    key.set("second\n");
    rotating.embedQuery("one");

    assertThat(server.requests)
        .extracting(FakeOpenAi.Request::authorization)
        .containsExactly("Bearer first", "Bearer second");
  }

  @Test
  void vectors_follow_their_index_not_their_place_in_the_answer() {
    long seed = Long.getLong("test.seed", System.nanoTime());
    System.out.println("test.seed=" + seed);
    List<String> texts = new Random(seed).ints(40).mapToObj(Integer::toString).toList();
    server.behave(
        request -> {
          List<String> items = FakeOpenAi.items(request.inputs());
          Collections.shuffle(items, new Random(seed));
          return Reply.ok(items);
        });

    List<float[]> vectors = embedder.embed(texts);

    for (int i = 0; i < texts.size(); i++) {
      assertDirection(vectors.get(i), texts.get(i));
    }
  }

  @Test
  void understands_vectors_in_base64() {
    server.behave(
        request ->
            Reply.ok(List.of(FakeOpenAi.item(0, FakeOpenAi.base64(FakeOpenAi.vector("a"))))));

    assertDirection(embedder.embedQuery("a"), "a");
  }

  @Test
  void takes_an_answer_without_indexes_as_it_comes() {
    server.behave(
        request ->
            Reply.ok(
                request.inputs().stream()
                    .map(text -> FakeOpenAi.numbers(FakeOpenAi.vector(text)))
                    .map(vector -> "{\"embedding\":" + vector + "}")
                    .toList()));

    assertDirection(embedder.embed(List.of("a", "b")).get(1), "b");
  }

  @Test
  void refuses_an_index_given_twice() {
    server.behave(
        request -> {
          String vector = FakeOpenAi.numbers(FakeOpenAi.vector("a"));
          return Reply.ok(List.of(FakeOpenAi.item(0, vector), FakeOpenAi.item(0, vector)));
        });

    assertThat(failure(List.of("a", "b"))).hasMessageContaining("index 0 where 1 was due");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void refuses_a_wrong_number_of_vectors(int found) {
    server.behave(request -> Reply.ok(FakeOpenAi.items(Collections.nCopies(found, "a"))));

    assertThat(failure(List.of("a", "b")))
        .hasMessageContaining(MODEL + " answered with " + found + " vectors for 2 texts");
  }

  @Test
  void refuses_a_vector_of_another_dimension() {
    answer(FakeOpenAi.numbers(new float[] {1, 0, 0}));

    assertThat(failure(List.of("a")))
        .hasMessageContaining("3 dimensions instead of 1536 for text 1");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void refuses_a_value_that_is_not_finite(float value) {
    float[] vector = FakeOpenAi.vector("a");
    vector[700] = value;
    answer(FakeOpenAi.base64(vector));

    assertThat(failure(List.of("a"))).hasMessageContaining("not finite for text 1");
  }

  @Test
  void refuses_numbers_no_float_can_hold() {
    answer(FakeOpenAi.numbers(FakeOpenAi.vector("a")).replaceFirst("\\[", "[1e99,"));

    assertThat(failure(List.of("a"))).hasMessageContaining("answered with");
  }

  @Test
  void refuses_nan_written_into_json() {
    answer(FakeOpenAi.numbers(FakeOpenAi.vector("a")).replaceFirst("\\[[^,]*", "[NaN"));

    assertThat(failure(List.of("a"))).hasMessageContaining(MODEL + " failed with");
  }

  @Test
  void refuses_a_vector_of_zeros() {
    answer(FakeOpenAi.numbers(new float[FakeOpenAi.DIMENSION]));

    assertThat(failure(List.of("a"))).hasMessageContaining("a vector of zeros for text 1");
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 503})
  void says_that_a_passing_failure_may_pass(int status) {
    server.behave(request -> Reply.error(status, KEY + " " + TEXT));

    assertThat(failure(List.of(TEXT)))
        .hasMessageContaining("HTTP status " + status)
        .hasMessageContaining("may succeed later");
    assertThat(server.requests).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 422})
  void says_what_to_check_when_repeating_will_not_help(int status) {
    server.behave(request -> Reply.error(status, KEY + " " + TEXT));

    assertThat(failure(List.of(TEXT)))
        .hasMessageContaining("HTTP status " + status)
        .message()
        .containsPattern("check the key|check the model's name|likely to fail again");
  }

  @Test
  void survives_html_instead_of_json() {
    server.behave(
        request ->
            new Reply(200, "text/html", "<html>" + KEY + " " + request.inputs() + "</html>"));

    assertThat(failure(List.of(TEXT))).hasMessageContaining(MODEL + " failed with");
  }

  @Test
  void survives_json_that_is_something_else() {
    for (String body :
        List.of("{}", "[]", "null", "\"data\"", "{\"data\":null}", "{\"data\":[1]}")) {
      server.behave(request -> new Reply(200, "application/json", body));

      assertThat(failure(List.of(TEXT))).as(body).hasMessageContaining(MODEL);
    }
  }

  @Test
  void survives_a_server_that_is_gone() {
    server.close();

    assertThat(failure(List.of(TEXT))).hasMessageContaining(MODEL + " failed with");
  }

  @Test
  void keeps_a_key_no_header_can_carry_out_of_the_message() {
    embedder =
        OpenAiEmbedders.of(MODEL, () -> KEY + "\n" + KEY, server.baseUrl(), new WordCounter());

    assertThat(failure(List.of(TEXT))).hasMessageContaining("IllegalArgumentException");
    assertThat(server.requests).isEmpty();
  }

  @Test
  void says_that_there_is_no_key() {
    Embedder keyless = OpenAiEmbedders.of(MODEL, () -> null, server.baseUrl(), new WordCounter());

    assertThatThrownBy(() -> keyless.embedQuery("a"))
        .isInstanceOf(IndexingException.class)
        .hasMessageContaining("no API key for " + MODEL);
    assertThat(server.requests).isEmpty();
  }

  @Test
  void a_text_over_the_limit_is_refused_before_anything_is_sent() {
    String tooLong = "word ".repeat(8_192);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> embedder.embed(List.of("short", tooLong)))
        .withMessageContaining("takes 8191 tokens a text, text 2 of 2 has 8192 (words)");
    assertThat(server.requests).isEmpty();
  }

  @Test
  void knows_the_dimensions_of_openai_models_and_no_others() {
    assertThat(embedder.dimension()).isEqualTo(1_536);
    assertThat(of("text-embedding-3-large").dimension()).isEqualTo(3_072);
    assertThat(of("text-embedding-ada-002").dimension()).isEqualTo(1_536);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of("gpt-4"))
        .withMessageContaining("gpt-4");
  }

  @Test
  void signature_names_the_model_and_neither_key_nor_address() {
    assertThat(embedder.signature())
        .hasToString(
            "langchain4j/1{dimension=1536, documentPrefix=, inputTypes=false,"
                + " model=text-embedding-3-small, queryPrefix=, revision=}");
  }

  private void answer(String embedding) {
    server.behave(request -> Reply.ok(List.of(FakeOpenAi.item(0, embedding))));
  }

  private static Embedder of(String model) {
    return OpenAiEmbedders.of(model, () -> KEY, null, new WordCounter());
  }

  /** Embeds, expects it to fail, and looks for secrets in everything that could be printed. */
  private IndexingException failure(List<String> texts) {
    IndexingException failure =
        catchThrowableOfType(IndexingException.class, () -> embedder.embed(texts));
    assertThat(failure).isNotNull();
    assertThat(failure.stage()).isEqualTo(Stage.EMBED);
    assertThat(failure.kind()).isEqualTo(IndexingException.Kind.INFRASTRUCTURE);
    StringWriter printed = new StringWriter();
    failure.printStackTrace(new PrintWriter(printed));
    assertThat(printed.toString()).doesNotContain(KEY).doesNotContain("diagnosis");
    return failure;
  }

  private static void assertDirection(float[] vector, String text) {
    float[] wanted = FakeOpenAi.vector(text);
    assertThat(cosine(vector, wanted)).isCloseTo(1, within(1e-6));
    double length = Math.sqrt(dot(vector, vector));
    assertThat(length).isCloseTo(1, within(1e-6));
  }

  private static double cosine(float[] a, float[] b) {
    return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
