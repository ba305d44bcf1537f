package dev.ragindex.bridge.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.ragindex.api.Embedder;
import dev.ragindex.api.RateLimits;
import dev.ragindex.api.RateLimits.Allowance;
import dev.ragindex.api.ServiceException;
import dev.ragindex.tck.EmbeddingsReply;
import dev.ragindex.tck.EmbeddingsRequest;
import dev.ragindex.tck.EmbeddingsServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenAiEmbeddersTest {

  private static final String MODEL = "text-embedding-3-small";
  private static final String KEY = "sk-5ecret";
  private static final int DIMENSION = 1_536;

  private EmbeddingsServer server;
  private Embedder embedder;

  @BeforeEach
  void start() throws IOException {
    server = EmbeddingsServer.start(DIMENSION);
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
    assertThat(server.requests())
        .containsExactly(
            new EmbeddingsRequest(
                1, "/v1/embeddings", "Bearer " + KEY, MODEL, null, List.of("one", "two", "three")));
  }

  @Test
  void embeds_a_query_as_the_same_text_of_a_document() {
    assertThat(embedder.embedQuery("one")).isEqualTo(embedder.embed(List.of("one")).get(0));
  }

  @Test
  void no_text_costs_no_request() {
    assertThat(embedder.embed(List.of())).isEmpty();
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void asks_for_the_key_at_each_call() {
    AtomicReference<String> key = new AtomicReference<>("first");
    Embedder rotating = OpenAiEmbedders.of(MODEL, key::get, server.baseUrl(), new WordCounter());

    rotating.embedQuery("one");
    key.set("second\n");
    rotating.embedQuery("one");

    assertThat(server.requests())
        .extracting(EmbeddingsRequest::authorization)
        .containsExactly("Bearer first", "Bearer second");
  }

  @Test
  void vectors_follow_their_index_not_their_place_in_the_answer() {
    long seed = Long.getLong("test.seed", System.nanoTime());
    System.out.println("test.seed=" + seed);
    List<String> texts = new Random(seed).ints(40).mapToObj(Integer::toString).toList();
    server.behave(
        request -> {
          List<String> items = items(request.inputs());
          Collections.shuffle(items, new Random(seed));
          return EmbeddingsReply.items(items);
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
            EmbeddingsReply.items(
                List.of(EmbeddingsReply.item(0, EmbeddingsReply.base64(vector("a"))))));

    assertDirection(embedder.embedQuery("a"), "a");
  }

  @Test
  void takes_an_answer_without_indexes_as_it_comes() {
    server.behave(
        request ->
            EmbeddingsReply.items(
                request.inputs().stream()
                    .map(text -> EmbeddingsReply.numbers(vector(text)))
                    .map(vector -> "{\"embedding\":" + vector + "}")
                    .toList()));

    assertDirection(embedder.embed(List.of("a", "b")).get(1), "b");
  }

  @Test
  void a_text_over_the_limit_is_refused_before_anything_is_sent() {
    String tooLong = "word ".repeat(8_192);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> embedder.embed(List.of("short", tooLong)))
        .withMessageContaining("takes 8191 tokens a text, text 2 of 2 has 8192 (words)");
    assertThat(server.requests()).isEmpty();
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
  void asks_for_shorter_vectors() {
    Embedder shorter = builder(MODEL).dimensions(256).build();

    float[] vector = shorter.embedQuery("one");

    assertThat(shorter.dimension()).isEqualTo(256);
    assertThat(server.requests()).extracting(EmbeddingsRequest::dimensions).containsExactly(256);
    assertThat(cosine(vector, EmbeddingsServer.vector("one", 256))).isCloseTo(1, within(1e-6));
    assertThat(shorter.signature())
        .isEqualTo(builder(MODEL).dimensions(256).build().signature())
        .isNotEqualTo(embedder.signature());
  }

  @Test
  void asks_no_model_for_more_than_it_gives() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder(MODEL).dimensions(1_537).build())
        .withMessageContaining("1536 or fewer dimensions, not of 1537");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder("text-embedding-ada-002").dimensions(512).build())
        .withMessageContaining("1536 dimensions, not of 512");
  }

  @Test
  void takes_another_model_that_is_described() {
    Embedder other =
        builder("nomic-embed-text")
            .other(DIMENSION, new Embedder.Limits(2_048, 64, 32_768, 2))
            .prefixes("search_document: ", "search_query: ")
            .callsInFlight(7)
            .build();

    other.embed(List.of("one"));
    other.embedQuery("one");

    assertThat(server.requests())
        .extracting(request -> request.model() + "|" + request.inputs().get(0))
        .containsExactly(
            "nomic-embed-text|search_document: one", "nomic-embed-text|search_query: one");
    assertThat(other.limits()).isEqualTo(new Embedder.Limits(2_047, 64, 32_704, 7));
  }

  @Test
  void knows_openais_limits() {
    assertThat(embedder.limits()).isEqualTo(new Embedder.Limits(8_191, 2_048, 300_000, 4));
  }

  @Test
  void tells_the_rates_of_the_last_answer_that_had_any() {
    assertThat(embedder.rateLimits()).isEqualTo(RateLimits.UNKNOWN);
    server.behave(
        request ->
            EmbeddingsReply.vectors(server.vectors(request))
                .with("x-ratelimit-limit-requests", "3000")
                .with("x-ratelimit-remaining-requests", "2999")
                .with("x-ratelimit-reset-requests", "20ms"));
    embedder.embedQuery("one");
    server.behave(request -> EmbeddingsReply.error(500, "no rates here"));
    catchThrowableOfType(ServiceException.class, () -> embedder.embedQuery("one"));

    assertThat(embedder.rateLimits())
        .isEqualTo(new RateLimits(new Allowance(3_000, 2_999, Duration.ofMillis(20)), null));
  }

  @Test
  void nothing_printable_holds_the_key() {
    embedder.embedQuery("one");

    assertThat(List.of(embedder, embedder.signature(), embedder.limits(), builder(MODEL)))
        .extracting(Object::toString)
        .noneMatch(printed -> printed.contains(KEY));
    assertThat(embedder.signature().fingerprint())
        .isEqualTo(
            OpenAiEmbedders.of(MODEL, () -> "another key", null, new WordCounter())
                .signature()
                .fingerprint());
  }

  @Test
  void closing_lets_connections_go() {
    embedder.embedQuery("one");

    embedder.close();
    embedder.close();

    assertThatThrownBy(() -> embedder.embedQuery("one")).isInstanceOf(ServiceException.class);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void signature_names_the_model_and_neither_key_nor_address() {
    assertThat(embedder.signature())
        .hasToString(
            "langchain4j/1{dimension=1536, documentPrefix=, inputTypes=false,"
                + " model=text-embedding-3-small, queryPrefix=, revision=}");
  }

  private static Embedder of(String model) {
    return OpenAiEmbedders.of(model, () -> KEY, null, new WordCounter());
  }

  private OpenAiEmbedders.Builder builder(String model) {
    return OpenAiEmbedders.builder(model, () -> KEY, new WordCounter()).baseUrl(server.baseUrl());
  }

  private static float[] vector(String text) {
    return EmbeddingsServer.vector(text, DIMENSION);
  }

  private static List<String> items(List<String> inputs) {
    return IntStream.range(0, inputs.size())
        .mapToObj(i -> EmbeddingsReply.item(i, EmbeddingsReply.numbers(vector(inputs.get(i)))))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static void assertDirection(float[] vector, String text) {
    float[] wanted = vector(text);
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
