package dev.ragindex.bridge.langchain4j;

import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.ragindex.api.Embedder;
import dev.ragindex.api.ServiceException;
import dev.ragindex.api.ServiceException.Reason;
import dev.ragindex.api.Stage;
import dev.ragindex.api.TokenCounter;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's embedding models, and others behind a server that speaks its API. Nothing is logged and
 * nothing is repeated here: each failed call is a {@link ServiceException} that says why, with the
 * service's {@code Retry-After}, and {@link Embedder#rateLimits} tells its {@code x-ratelimit}
 * headers.
 *
 * <pre>{@code
 * Embedder embedder =
 *     OpenAiEmbedders.builder(
 *             "text-embedding-3-small", () -> System.getenv("OPENAI_API_KEY"), cl100k)
 *         .dimensions(512)
 *         .build();
 * }</pre>
 */
public final class OpenAiEmbedders {

  /** OpenAI's own. */
  private static final URI OPENAI = URI.create("https://api.openai.com/v1");

  /** Per text, per request (inputs, tokens), from the API reference; the last is ours. */
  private static final Embedder.Limits LIMITS = new Embedder.Limits(8_191, 2_048, 300_000, 4);

  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  private static final SortedMap<String, Known> KNOWN =
      new TreeMap<>(
          Map.of(
              "text-embedding-3-small", new Known(1_536, true),
              "text-embedding-3-large", new Known(3_072, true),
              "text-embedding-ada-002", new Known(1_536, false)));

  private OpenAiEmbedders() {}

  /**
   * A model of OpenAI's.
   *
   * @param dimension length of its vectors
   * @param shortens whether it gives shorter ones on request
   */
  private record Known(int dimension, boolean shortens) {}

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
    return builder(model, apiKey, cl100k).baseUrl(baseUrl == null ? OPENAI : baseUrl).build();
  }

  /**
   * Starts an embedder.
   *
   * @param model one of OpenAI's, or any other after {@link Builder#other}
   * @param apiKey asked for the key at each call, so that it can change; never stored or printed
   * @param counter counts tokens as the model's own tokenizer does: {@code cl100k_base} for
   *     OpenAI's
   * @return a builder
   */
  public static Builder builder(String model, Supplier<String> apiKey, TokenCounter counter) {
    return new Builder(model, apiKey, counter);
  }

  /** Collects what decides an embedder. Not thread-safe. */
  public static final class Builder {

    private final String model;
    private final Supplier<String> apiKey;
    private final TokenCounter counter;
    private @Nullable Known known;
    private Embedder.Limits limits = LIMITS;
    private URI baseUrl = OPENAI;
    private Duration timeout = TIMEOUT;
    private @Nullable Integer dimensions;
    private @Nullable Integer callsInFlight;
    private String documentPrefix = "";
    private String queryPrefix = "";

    private Builder(String model, Supplier<String> apiKey, TokenCounter counter) {
      this.model = model;
      this.apiKey = apiKey;
      this.counter = counter;
      this.known = KNOWN.get(model);
    }

    /**
     * States what cannot be known of a model that is not OpenAI's.
     *
     * @param dimension length of its vectors
     * @param limits what it takes, less its special tokens
     * @return this
     */
    public Builder other(int dimension, Embedder.Limits limits) {
      this.known = new Known(dimension, true);
      this.limits = limits;
      return this;
    }

    /**
     * Sets where the API is. By default that is OpenAI's own.
     *
     * @param baseUrl such as {@code http://localhost:11434/v1}
     * @return this
     */
    public Builder baseUrl(URI baseUrl) {
      this.baseUrl = baseUrl;
      return this;
    }

    /**
     * Asks for shorter vectors, by the API's parameter of this name. The model must be made for it:
     * {@code text-embedding-3-small} and {@code -large} are.
     *
     * @param dimensions their length, less than the model's own
     * @return this
     */
    public Builder dimensions(int dimensions) {
      this.dimensions = dimensions;
      return this;
    }

    /**
     * Sets what goes before each text, for models trained with such words.
     *
     * @param document before a document's text
     * @param query before a query
     * @return this
     */
    public Builder prefixes(String document, String query) {
      this.documentPrefix = document;
      this.queryPrefix = query;
      return this;
    }

    /**
     * Sets how many calls at once pay off, 4 if not said.
     *
     * @param calls at least 1
     * @return this
     */
    public Builder callsInFlight(int calls) {
      this.callsInFlight = calls;
      return this;
    }

    /**
     * Sets how long to wait for an answer, a minute if not said.
     *
     * @param timeout from sending a request to having its whole answer
     * @return this
     */
    public Builder timeout(Duration timeout) {
      this.timeout = timeout;
      return this;
    }

    /**
     * Makes the embedder. Nothing is sent yet.
     *
     * @return the embedder; close it to let its connections go
     * @throws IllegalArgumentException if the model is neither OpenAI's nor described, or does not
     *     give vectors that short
     */
    public LangChain4jEmbedder build() {
      int dimension = dimension();
      OpenAiHttpClient client = new OpenAiHttpClient(baseUrl, timeout);
      return LangChain4jEmbedder.builder(langchain4jModel(client), counter)
          .name(model)
          .dimension(dimension)
          .limits(limits())
          .prefixes(documentPrefix, queryPrefix)
          .rateLimits(client::rateLimits)
          .onClose(client::close)
          .build();
    }

    private int dimension() {
      if (known == null) {
        throw new IllegalArgumentException(
            "no OpenAI embedding model '%s', there are %s; describe another one by other(…)"
                .formatted(model, KNOWN.keySet()));
      }
      if (dimensions == null) {
        return known.dimension();
      }
      if (!known.shortens() || dimensions < 1 || dimensions > known.dimension()) {
        throw new IllegalArgumentException(
            "%s gives vectors of %d%s dimensions, not of %d"
                .formatted(
                    model, known.dimension(), known.shortens() ? " or fewer" : "", dimensions));
      }
      return dimensions;
    }

    private Embedder.Limits limits() {
      return callsInFlight == null
          ? limits
          : new Embedder.Limits(
              limits.tokensPerText(), limits.textsPerCall(), limits.tokensPerCall(), callsInFlight);
    }

    private EmbeddingModel langchain4jModel(OpenAiHttpClient client) {
      return OpenAiEmbeddingModel.builder()
          .httpClientBuilder(new SameHttpClient(client))
          .baseUrl(baseUrl.toString())
          .customHeaders(() -> Map.of("Authorization", "Bearer " + requireKey()))
          .modelName(model)
          .dimensions(dimensions)
          .maxSegmentsPerBatch(limits.textsPerCall())
          .maxRetries(0)
          .logRequests(false)
          .logResponses(false)
          .build();
    }

    private String requireKey() {
      String key = apiKey.get();
      if (key == null || key.isBlank()) {
        throw misconfigured("no API key for %s: is OPENAI_API_KEY, or whatever supplies it, set?");
      }
      String stripped = key.strip();
      if (stripped.chars().anyMatch(c -> c <= ' ' || c >= 0x7F)) {
        throw misconfigured("the API key for %s has a character that no key has");
      }
      return stripped;
    }

    private ServiceException misconfigured(String message) {
      return new ServiceException(
          Stage.EMBED, Reason.MISCONFIGURED, null, message.formatted(model), null);
    }
  }
}
