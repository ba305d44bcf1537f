package dev.ragindex.app;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ragindex.core.Prices;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What embedding costs. */
final class PriceOptions {

  @Option(
      names = "--prices",
      paramLabel = "FILE",
      description =
          "Your own prices, US dollars for a million tokens, as JSON:"
              + " {\"text-embedding-3-small\": 0.02}.")
  @Nullable Path file;

  /**
   * The list prices with the user's own on top.
   *
   * @throws Refusal if the file is not what it should be
   */
  Prices prices() {
    if (file == null) {
      return Prices.LISTED;
    }
    try {
      Map<String, BigDecimal> own =
          new ObjectMapper() // made here, for most commands need none of its classes
              .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
              .readValue(file.toFile(), new TypeReference<Map<String, BigDecimal>>() {});
      return Prices.LISTED.with(own);
    } catch (IOException | IllegalArgumentException | NullPointerException e) {
      throw new Refusal(
          "no prices can be read from " + file,
          "it should be JSON like {\"text-embedding-3-small\": 0.02}, a number for each model");
    }
  }
}
