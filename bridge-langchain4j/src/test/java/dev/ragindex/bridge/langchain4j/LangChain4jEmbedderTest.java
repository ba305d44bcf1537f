package dev.ragindex.bridge.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.core.JsonParseException;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.request.EmbeddingInput;
import dev.langchain4j.model.embedding.request.EmbeddingInputType;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import dev.langchain4j.model.embedding.request.EmbeddingRequestParameters;
import dev.langchain4j.model.embedding.response.EmbeddingResponse;
import dev.langchain4j.model.output.Response;
import dev.ragindex.api.Embedder;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.ServiceException;
import dev.ragindex.api.ServiceException.Reason;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.ArgumentCaptor;

class LangChain4jEmbedderTest {

  private static final Embedder.Limits LIMITS = new Embedder.Limits(10, 4, 24, 3);

  private final EmbeddingModel model = mock(EmbeddingModel.class);

  @Test
  void works_with_a_model_that_knows_only_the_oldest_method() {
    EmbeddingModel old = new LengthModel();

    List<float[]> vectors = builder(old).name("old").build().embed(List.of("abc", "abcd"));

    assertThat(vectors).containsExactly(new float[] {0.6f, 0.8f}, new float[] {0.8f, 0.6f});
  }

  @Test
  void prefixes_each_side_with_its_own_words() {
    answers(new float[] {1, 0});
    Embedder embedder = builder(model).name("e5").prefixes("passage: ", "query: ").build();

    embedder.embed(List.of("text"));
    embedder.embedQuery("text");

    assertThat(requests())
        .extracting(request -> request.inputs().get(0))
        .containsExactly(EmbeddingInput.from("passage: text"), EmbeddingInput.from("query: text"));
    assertThat(requests()).extracting(EmbeddingRequest::inputType).containsOnlyNulls();
  }

  @Test
  void tells_a_model_that_wants_to_know_which_side_it_embeds() {
    answers(new float[] {1, 0});
    when(model.supportedParameters()).thenReturn(Set.of(EmbeddingRequestParameters.INPUT_TYPE));
    Embedder embedder = builder(model).name("voyage").inputTypes().build();

    embedder.embed(List.of("text"));
    embedder.embedQuery("text");

    assertThat(requests())
        .extracting(EmbeddingRequest::inputType)
        .containsExactly(EmbeddingInputType.DOCUMENT, EmbeddingInputType.QUERY);
  }

  @Test
  void refuses_input_types_for_a_model_that_takes_none() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder(model).name("plain").inputTypes().build())
        .withMessageContaining("takes no input type");
  }

  @Test
  void takes_room_for_the_longer_prefix_off_the_limits() {
    Embedder embedder = builder(model).name("e5").prefixes("a document: ", "q: ").build();

    assertThat(embedder.limits()).isEqualTo(new Embedder.Limits(8, 4, 16, 3));
  }

  @Test
  void refuses_prefixes_that_leave_no_room() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder(model).name("e5").prefixes("1 2 3 4 5 6 ", "").build())
        .withMessageContaining("a prefix of 6 tokens leaves no room");
  }

  @Test
  void embeds_a_call_that_fills_its_limits_exactly() {
    answers(new float[] {1, 0}, new float[] {1, 0}, new float[] {1, 0});
    Embedder embedder = builder(model).name("m").build();

    assertThat(embedder.embed(List.of("w ".repeat(10), "w ".repeat(10), "w ".repeat(4))))
        .hasSize(3);
  }

  @Test
  void refuses_what_is_over_a_limit_and_never_calls_the_model() {
    Embedder embedder = builder(model).name("m").build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> embedder.embed(List.of("w", "w ".repeat(11))))
        .withMessageContaining("m takes 10 tokens a text, text 2 of 2 has 11 (words)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> embedder.embedQuery("w ".repeat(11)))
        .withMessageContaining("11");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> embedder.embed(List.of("a", "b", "c", "d", "e")))
        .withMessageContaining("m takes 4 texts a call, not 5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> embedder.embed(List.of("w ".repeat(10), "w ".repeat(10), "w ".repeat(5))))
        .withMessageContaining("m takes 24 tokens a call, not 25");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> embedder.embed(List.of("a", " \n")))
        .withMessageContaining("text 2 of 2 is blank");
    verify(model, never()).embed(any(EmbeddingRequest.class));
  }

  @Test
  void leaves_the_models_own_vectors_as_they_are() {
    float[] shared = {3, 4};
    answers(shared);

    float[] vector = builder(model).name("m").build().embedQuery("text");

    assertThat(vector).containsExactly(0.6f, 0.8f);
    assertThat(shared).containsExactly(3, 4);
  }

  @Test
  void normalises_what_is_very_small_and_very_large() {
    answers(new float[] {Float.MIN_VALUE, 0}, new float[] {Float.MAX_VALUE, Float.MAX_VALUE});

    List<float[]> vectors = builder(model).name("m").build().embed(List.of("a", "b"));

    float half = (float) Math.sqrt(0.5);
    assertThat(vectors).containsExactly(new float[] {1, 0}, new float[] {half, half});
  }

  @Test
  void keeps_the_first_values_of_a_model_made_for_it() {
    answers(new float[] {3, 4, 12, 84});
    Embedder whole = builder(model).name("m").dimension(4).build();
    Embedder cut = builder(model).name("m").dimension(4).cutTo(2).build();

    assertThat(cut.embedQuery("text")).containsExactly(0.6f, 0.8f);
    assertThat(cut.dimension()).isEqualTo(2);
    assertThat(cut.signature().settings())
        .containsEntry("dimension", "2")
        .containsEntry("cutFrom", "4");
    assertThat(whole.signature().settings()).doesNotContainKey("cutFrom");
  }

  @Test
  void checks_values_it_cuts_off_no_less_than_their_number() {
    answers(new float[] {3, 4});

    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> builder(model).name("m").dimension(4).cutTo(2).build().embedQuery("text"))
        .withMessageContaining("2 dimensions instead of 4")
        .extracting(ServiceException::reason)
        .isEqualTo(Reason.MISCONFIGURED);
  }

  @Test
  void refuses_to_cut_to_what_there_is() {
    for (int kept : new int[] {0, 2, 3}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder(model).name("m").cutTo(kept).build())
          .withMessageContaining("cannot be cut to " + kept);
    }
  }

  @ParameterizedTest
  @MethodSource("failures")
  void says_why_any_model_failed(RuntimeException thrown, Reason reason) {
    when(model.embed(any(EmbeddingRequest.class))).thenThrow(thrown);

    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> builder(model).name("m").build().embedQuery("text"))
        .extracting(ServiceException::reason)
        .isEqualTo(reason);
  }

  static List<Arguments> failures() {
    return List.of(
        arguments(new RateLimitException("x"), Reason.THROTTLED),
        arguments(new RateLimitException(new HttpException(429, "x")), Reason.THROTTLED),
        arguments(new TimeoutException("x"), Reason.UNAVAILABLE),
        arguments(new InternalServerException("x"), Reason.UNAVAILABLE),
        arguments(new InvalidRequestException("x"), Reason.REJECTED),
        arguments(new AuthenticationException("x"), Reason.MISCONFIGURED),
        arguments(new ModelNotFoundException("x"), Reason.MISCONFIGURED),
        arguments(new UncheckedIOException(new ConnectException("x")), Reason.UNAVAILABLE),
        arguments(new LangChain4jException(new JsonParseException(null, "x")), Reason.UNUSABLE),
        arguments(new IllegalStateException("x"), Reason.UNUSABLE));
  }

  @Test
  void passes_on_no_word_of_what_a_model_throws() {
    Throwable circular = new IllegalStateException("secret");
    circular.initCause(new IllegalStateException("secret", circular));
    when(model.embed(any(EmbeddingRequest.class))).thenThrow(circular);

    assertThatExceptionOfType(IndexingException.class)
        .isThrownBy(() -> builder(model).name("m").build().embedQuery("secret"))
        .withMessageContaining("m failed with IllegalStateException")
        .satisfies(
            failure -> {
              for (Throwable at = failure; at != null; at = at.getCause()) {
                assertThat(at.toString()).doesNotContain("secret");
              }
              assertThat(failure.getCause().getStackTrace()).isEqualTo(circular.getStackTrace());
            });
  }

  @Test
  void takes_no_answer_for_a_failure() {
    assertThatExceptionOfType(IndexingException.class)
        .isThrownBy(() -> builder(model).name("m").build().embedQuery("text"))
        .withMessageContaining("m failed with NullPointerException");
  }

  @Test
  void needs_a_name_a_dimension_and_limits() {
    when(model.modelName()).thenReturn("unknown");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder(model).build())
        .withMessageContaining("give a name");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder(model).name("m").dimension(0).build())
        .withMessageContaining("dimension");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> LangChain4jEmbedder.builder(model, new WordCounter()).dimension(2).build())
        .withMessageContaining("limits");
  }

  @Test
  void takes_the_name_a_model_gives_itself() {
    when(model.modelName()).thenReturn("self-named");

    assertThat(builder(model).build().signature().settings()).containsEntry("model", "self-named");
  }

  @Test
  void everything_that_decides_a_vector_is_in_the_signature() {
    when(model.supportedParameters()).thenReturn(Set.of(EmbeddingRequestParameters.INPUT_TYPE));

    assertThat(
            List.of(
                builder(model).name("m").build().signature(),
                builder(model).name("n").build().signature(),
                builder(model).name("m").revision("2").build().signature(),
                builder(model).name("m").dimension(3).build().signature(),
                builder(model).name("m").prefixes("d", "").build().signature(),
                builder(model).name("m").prefixes("", "d").build().signature(),
                builder(model).name("m").inputTypes().build().signature()))
        .doesNotHaveDuplicates();
    assertThat(builder(model).name("m").limits(new Embedder.Limits(1, 1, 1, 1)).build().signature())
        .isEqualTo(builder(model).name("m").build().signature());
  }

  private static LangChain4jEmbedder.Builder builder(EmbeddingModel model) {
    return LangChain4jEmbedder.builder(model, new WordCounter()).dimension(2).limits(LIMITS);
  }

  private void answers(float[]... vectors) {
    List<Embedding> embeddings = List.of(vectors).stream().map(Embedding::from).toList();
    when(model.embed(any(EmbeddingRequest.class)))
        .thenReturn(EmbeddingResponse.builder().embeddings(embeddings).build());
  }

  private List<EmbeddingRequest> requests() {
    ArgumentCaptor<EmbeddingRequest> sent = ArgumentCaptor.forClass(EmbeddingRequest.class);
    verify(model, atLeastOnce()).embed(sent.capture());
    return sent.getAllValues();
  }

  /** A model of before LangChain4j 1.18: texts of odd length point one way, the others another. */
  private static final class LengthModel implements EmbeddingModel {
    @Override
    public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
      return Response.from(
          segments.stream()
              .map(segment -> segment.text().length() % 2)
              .map(odd -> odd == 1 ? new float[] {3, 4} : new float[] {4, 3})
              .map(Embedding::from)
              .toList());
    }
  }
}
