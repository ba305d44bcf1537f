package dev.ragindex.bridge.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragindex.api.Embedder;
import dev.ragindex.api.ServiceException;
import dev.ragindex.api.ServiceException.Reason;
import dev.ragindex.api.Stage;
import dev.ragindex.tck.EmbeddingsReply;
import dev.ragindex.tck.EmbeddingsServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a service does, there is a failure that says what to do, and never a wrong vector. */
class MisbehavingServerTest {

  private static final String MODEL = "text-embedding-3-small";
  private static final String KEY = "sk-5ecret";
  private static final int DIMENSION = 1_536;
  private static final String TEXT = "the patient's confidential diagnosis";

  private final Thread interrupted = Thread.currentThread();
  private EmbeddingsServer server;
  private Embedder embedder;
  private List<String> texts = List.of(TEXT);

  @BeforeEach
  void start() throws IOException {
    server = EmbeddingsServer.start(DIMENSION);
    embedder = OpenAiEmbedders.of(MODEL, () -> KEY, server.baseUrl(), new WordCounter());
  }

  @AfterEach
  void stop() {
    server.close();
    embedder.close();
  }

  @Test
  void refuses_an_index_given_twice() {
    server.behave(
        request -> {
          String vector = EmbeddingsReply.numbers(vector("a"));
          return EmbeddingsReply.items(
              List.of(EmbeddingsReply.item(0, vector), EmbeddingsReply.item(0, vector)));
        });

    texts = List.of("a", "b");
    assertThat(failure(Reason.UNUSABLE)).hasMessageContaining("index 0 where 1 was due");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void refuses_a_wrong_number_of_vectors(int found) {
    server.behave(request -> EmbeddingsReply.vectors(Collections.nCopies(found, vector("a"))));

    texts = List.of("a", "b");
    assertThat(failure(Reason.UNUSABLE))
        .hasMessageContaining(MODEL + " answered with " + found + " vectors for 2 texts");
  }

  @Test
  void refuses_a_vector_of_another_dimension() {
    answer(EmbeddingsReply.numbers(new float[] {1, 0, 0}));

    assertThat(failure(Reason.MISCONFIGURED))
        .hasMessageContaining("3 dimensions instead of 1536 for text 1");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void refuses_a_value_that_is_not_finite(float value) {
    float[] vector = vector("a");
    vector[700] = value;
    answer(EmbeddingsReply.base64(vector));

    assertThat(failure(Reason.UNUSABLE)).hasMessageContaining("not finite for text 1");
  }

  @Test
  void refuses_a_value_too_many() {
    answer(EmbeddingsReply.numbers(vector("a")).replaceFirst("\\[", "[1e99,"));

    assertThat(failure(Reason.MISCONFIGURED)).hasMessageContaining("1537 dimensions");
  }

  @Test
  void refuses_nan_written_into_json() {
    answer(EmbeddingsReply.numbers(vector("a")).replaceFirst("\\[[^,]*", "[NaN"));

    assertThat(failure(Reason.UNUSABLE)).hasMessageContaining(MODEL + " failed with");
  }

  @Test
  void refuses_a_vector_of_zeros() {
    answer(EmbeddingsReply.numbers(new float[DIMENSION]));

    assertThat(failure(Reason.UNUSABLE)).hasMessageContaining("a vector of zeros for text 1");
  }

  @ParameterizedTest
  @CsvSource({
    "400, REJECTED, one of its texts may be why",
    "401, MISCONFIGURED, check the key",
    "403, MISCONFIGURED, check the key",
    "404, MISCONFIGURED, the model's name",
    "408, UNAVAILABLE, may succeed later",
    "413, REJECTED, likely to fail again",
    "422, REJECTED, likely to fail again",
    "429, THROTTLED, calls come too often",
    "500, UNAVAILABLE, may succeed later",
    "502, UNAVAILABLE, may succeed later",
    "503, UNAVAILABLE, may succeed later"
  })
  void says_by_the_status_what_to_do(int status, Reason reason, String advice) {
    server.behave(request -> EmbeddingsReply.error(status, KEY + " " + TEXT));

    assertThat(failure(reason))
        .hasMessageContaining(MODEL + " failed with")
        .hasMessageContaining("HTTP status " + status)
        .hasMessageContaining(advice)
        .extracting(ServiceException::retryAfter)
        .isNull();
    assertThat(server.requests()).as("repeated by nobody").hasSize(1);
  }

  @Test
  void one_refused_text_is_found_by_halving() {
    server.behave(
        request ->
            request.inputs().contains("poison")
                ? EmbeddingsReply.error(400, "invalid input: poison")
                : EmbeddingsReply.vectors(server.vectors(request)));

    assertThat(embedder.embed(List.of("a", "b"))).hasSize(2);
    texts = List.of("c", "poison");
    failure(Reason.REJECTED);
  }

  @ParameterizedTest
  @CsvSource({"Retry-After, 2, 2000", "retry-after-ms, 150, 150"})
  void passes_on_how_long_to_wait(String header, String value, long millis) {
    server.behave(request -> EmbeddingsReply.error(429, "slow down").with(header, value));

    assertThat(failure(Reason.THROTTLED).retryAfter()).isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void an_overloaded_server_may_ask_for_time_too() {
    server.behave(request -> EmbeddingsReply.error(503, "busy").with("Retry-After", "7"));

    assertThat(failure(Reason.UNAVAILABLE).retryAfter()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void a_used_up_quota_is_no_matter_of_waiting() {
    server.behave(
        request -> EmbeddingsReply.error(429, "You exceeded your quota", "insufficient_quota"));

    assertThat(failure(Reason.MISCONFIGURED)).hasMessageContaining("quota");
  }

  @Test
  void a_slow_server_is_not_waited_for_longer_than_said() {
    server.behave(
        request -> EmbeddingsReply.vectors(server.vectors(request)).after(Duration.ofMinutes(1)));
    embedder = impatient();

    assertThat(failure(Reason.UNAVAILABLE)).hasMessageContaining("TimeoutException");
  }

  @Test
  void a_server_that_stops_in_the_middle_is_not_waited_for_longer_than_said() {
    server.behave(
        request ->
            EmbeddingsReply.vectors(server.vectors(request)).cutAfter(Duration.ofMinutes(1)));
    embedder = impatient();

    assertThat(failure(Reason.UNAVAILABLE)).hasMessageContaining("TimeoutException");
  }

  @Test
  void a_cut_connection_gives_nothing() {
    server.behave(
        request -> EmbeddingsReply.vectors(server.vectors(request)).cutAfter(Duration.ZERO));

    assertThat(failure(Reason.UNAVAILABLE)).hasMessageContaining("UncheckedIOException");
  }

  @Test
  void an_answer_cut_within_its_json_gives_nothing() {
    server.behave(
        request -> {
          String whole = EmbeddingsReply.vectors(server.vectors(request)).body();
          String half = whole.substring(0, whole.length() / 2);
          return EmbeddingsReply.of(200, "application/json", half);
        });

    failure(Reason.UNUSABLE);
  }

  @Test
  void an_interrupted_call_ends_and_leaves_the_interrupt() {
    server.behave(
        request -> {
          interrupted.interrupt();
          return EmbeddingsReply.vectors(server.vectors(request)).after(Duration.ofMinutes(1));
        });

    failure(Reason.UNAVAILABLE);

    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void survives_html_instead_of_json() {
    server.behave(
        request ->
            EmbeddingsReply.of(
                200, "text/html", "<html>" + KEY + " " + request.inputs() + "</html>"));

    assertThat(failure(Reason.UNUSABLE)).hasMessageContaining(MODEL + " failed with");
  }

  @Test
  void survives_json_that_is_something_else() {
    for (String body :
        List.of("{}", "[]", "null", "\"data\"", "{\"data\":null}", "{\"data\":[1]}")) {
      server.behave(request -> EmbeddingsReply.of(200, "application/json", body));

      assertThat(failure(Reason.UNUSABLE)).as(body).hasMessageContaining(MODEL);
    }
  }

  @Test
  void survives_a_server_that_is_gone() {
    server.close();

    assertThat(failure(Reason.UNAVAILABLE)).hasMessageContaining(MODEL + " failed with");
  }

  @Test
  void keeps_a_key_no_header_can_carry_out_of_the_message() {
    embedder =
        OpenAiEmbedders.of(MODEL, () -> KEY + "\n" + KEY, server.baseUrl(), new WordCounter());

    assertThat(failure(Reason.MISCONFIGURED)).hasMessageContaining("a character that no key has");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void says_that_there_is_no_key() {
    embedder = OpenAiEmbedders.of(MODEL, () -> null, server.baseUrl(), new WordCounter());

    assertThat(failure(Reason.MISCONFIGURED)).hasMessageContaining("no API key for " + MODEL);
    assertThat(server.requests()).isEmpty();
  }

  private void answer(String embedding) {
    server.behave(request -> EmbeddingsReply.items(List.of(EmbeddingsReply.item(0, embedding))));
  }

  private static float[] vector(String text) {
    return EmbeddingsServer.vector(text, DIMENSION);
  }

  private Embedder impatient() {
    return OpenAiEmbedders.builder(MODEL, () -> KEY, new WordCounter())
        .baseUrl(server.baseUrl())
        .timeout(Duration.ofMillis(300))
        .build();
  }

  /** Embeds, expects it to fail, and looks for secrets in everything that could be printed. */
  private ServiceException failure(Reason reason) {
    ServiceException failure =
        catchThrowableOfType(ServiceException.class, () -> embedder.embed(texts));
    assertThat(failure).isNotNull();
    assertThat(failure.stage()).isEqualTo(Stage.EMBED);
    assertThat(failure.reason()).isEqualTo(reason);
    StringWriter printed = new StringWriter();
    failure.printStackTrace(new PrintWriter(printed));
    assertThat(printed.toString()).doesNotContain(KEY).doesNotContain("diagnosis");
    return failure;
  }
}
