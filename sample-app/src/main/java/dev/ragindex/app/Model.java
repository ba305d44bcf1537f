package dev.ragindex.app;

import dev.ragindex.api.Embedder;
import dev.ragindex.bridge.langchain4j.OpenAiEmbedders;
import dev.ragindex.core.Prices;
import dev.ragindex.core.embed.HashingEmbedder;
import dev.ragindex.embedder.onnx.OnnxEmbedder;
import dev.ragindex.tokens.BytePairCounter;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An embedding model by the name the command line gives it.
 *
 * @param label the name
 * @param service its name in a price list, or null if it runs here and costs nothing
 * @param opener loads it
 */
record Model(String label, @Nullable String service, Supplier<Embedder> opener) {

  /** What is taken if nobody names one. */
  static final Model DEFAULT = local("minilm", OnnxEmbedder::miniLm);

  private static final Map<String, Model> BUILT_IN =
      Map.of(
          DEFAULT.label,
          DEFAULT,
          "bge-small",
          local("bge-small", OnnxEmbedder::bgeSmall),
          "e5-small",
          local("e5-small", OnnxEmbedder::e5Small),
          "hashing",
          local("hashing", HashingEmbedder::create));

  private static final String NAMES =
      "name minilm, bge-small, e5-small, hashing, onnx:DIR or openai:NAME";
  private static final String ONNX = "onnx:";
  private static final String OPENAI = "openai:";
  private static final String KEY = "OPENAI_API_KEY";
  private static final String BASE_URL = "OPENAI_BASE_URL";

  private static Model local(String label, Supplier<Embedder> opener) {
    return new Model(label, null, opener);
  }

  /**
   * Finds a model; loads nothing yet.
   *
   * @throws Refusal if there is none of that name
   */
  static Model named(String name) {
    if (name.startsWith(ONNX)) {
      Path folder = Path.of(name.substring(ONNX.length())).toAbsolutePath().normalize();
      return local(ONNX + folder, () -> OnnxEmbedder.at(folder));
    }
    if (name.startsWith(OPENAI)) {
      String service = name.substring(OPENAI.length());
      return new Model(name, service, () -> openAi(service));
    }
    Model builtIn = BUILT_IN.get(name);
    if (builtIn == null) {
      throw new Refusal("there is no model '" + name + "'", NAMES);
    }
    return builtIn;
  }

  /** Loads the model. */
  Embedder open() {
    return opener.get();
  }

  /** US dollars for embedding so much; null if the price is not known. */
  @Nullable BigDecimal price(Prices prices, long tokens) {
    return service == null ? BigDecimal.ZERO : prices.of(service, tokens);
  }

  private static Embedder openAi(String model) {
    requireKey();
    String baseUrl = System.getenv(BASE_URL);
    try {
      return OpenAiEmbedders.of(
          model,
          Model::requireKey,
          baseUrl == null || baseUrl.isBlank() ? null : URI.create(baseUrl),
          BytePairCounter.cl100k());
    } catch (IllegalArgumentException e) {
      throw new Refusal(String.valueOf(e.getMessage()), NAMES);
    }
  }

  private static String requireKey() {
    String key = System.getenv(KEY);
    if (key == null || key.isBlank()) {
      throw new Refusal(
          "there is no API key",
          "put it into the environment variable " + KEY + ", and nowhere else");
    }
    return key;
  }
}
