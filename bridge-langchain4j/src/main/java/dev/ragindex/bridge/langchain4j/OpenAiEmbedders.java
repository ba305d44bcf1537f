package dev.ragindex.bridge.langchain4j;

import dev.langchain4j.http.client.jdk.JdkHttpClientBuilder;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.ragindex.api.Embedder;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.Stage;
import dev.ragindex.api.TokenCounter;
import java.net.URI;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's embedding models, at OpenAI or at a server that speaks its API. Nothing is logged and
 * nothing is repeated here.
 *
 * <pre>{@code
 * Embedder embedder =
 *     OpenAiEmbedders.of(
 *         "text-embedding-3-small", () -> System.getenv("OPENAI_API_KEY"), null, cl100k);
 * }</pre>
 */
public final class OpenAiEmbedders {

  /** Per text, per request (inputs, tokens), from the API reference; the last is ours. */
  private static final Embedder.Limits LIMITS = new Embedder.Limits(8_191, 2_048, 300_000, 4);

  private static final SortedMap<String, Integer> DIMENSIONS =
      new TreeMap<>(
          Map.of(
              "text-embedding-3-small", 1_536,
              "text-embedding-3-large", 3_072,
              "text-embedding-ada-002", 1_536));

  private OpenAiEmbedders() {}

  /**
   * Makes an embedder for one of OpenAI's models. Nothing is sent yet.
   *
   * @param model {@code text-embedding-3-small}, {@code text-embedding-3-large} or {@code
   *     text-embedding-ada-002}
   * @param apiKey asked for the key at each call, so that it can change; never stored or printed
   * @param baseUrl where the API is, such as {@code https://api.openai.com/v1}, or null for that
   * @param cl100k counts tokens of {@code cl100k_base}, which all three models use
   * @return the embedder
   * @throws IllegalArgumentException if the model is none of these
   */
  public static LangChain4jEmbedder of(
      String model, Supplier<String> apiKey, @Nullable URI baseUrl, TokenCounter cl100k) {
    Integer dimension = DIMENSIONS.get(model);
    if (dimension == null) {
      throw new IllegalArgumentException(
          "no OpenAI embedding model '%s', there are %s; for others use LangChain4jEmbedder"
              .formatted(model, DIMENSIONS.keySet()));
    }
    return LangChain4jEmbedder.builder(client(model, apiKey, baseUrl), cl100k)
        .name(model)
        .dimension(dimension)
        .limits(LIMITS)
        .build();
  }

  private static EmbeddingModel client(
      String model, Supplier<String> apiKey, @Nullable URI baseUrl) {
    return OpenAiEmbeddingModel.builder()
        .httpClientBuilder(new OrderedHttpClient.Builder(new JdkHttpClientBuilder()))
        .baseUrl(baseUrl == null ? null : baseUrl.toString())
        .customHeaders(() -> Map.of("Authorization", "Bearer " + requireKey(model, apiKey.get())))
        .modelName(model)
        .maxRetries(0)
        .logRequests(false)
        .logResponses(false)
        .build();
  }

  private static String requireKey(String model, @Nullable String key) {
    if (key == null || key.isBlank()) {
      throw new IndexingException(
          Stage.EMBED,
          IndexingException.Kind.INFRASTRUCTURE,
          "no API key for " + model + ": is OPENAI_API_KEY, or whatever supplies it, set?");
    }
    return key.strip();
  }
}
