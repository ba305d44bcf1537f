package dev.ragindex.core;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What embedding costs.
 *
 * @param perMillionTokens US dollars for a million tokens, by the model's name as its provider
 *     writes it
 */
public record Prices(Map<String, BigDecimal> perMillionTokens) {

  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

  /** OpenAI's list prices for its embedding models; they change, see {@link #with}. */
  public static final Prices LISTED =
      new Prices(
          Map.of(
              "text-embedding-3-small", new BigDecimal("0.02"),
              "text-embedding-3-large", new BigDecimal("0.13"),
              "text-embedding-ada-002", new BigDecimal("0.10")));

  /**
   * Copies the map.
   *
   * @throws IllegalArgumentException if a price is negative
   */
  public Prices {
    perMillionTokens = Map.copyOf(perMillionTokens);
    perMillionTokens.forEach(
        (model, price) -> {
          if (price.signum() < 0) {
            throw new IllegalArgumentException("price of " + model + ": " + price);
          }
        });
  }

  /**
   * Adds or replaces prices.
   *
   * @param more US dollars for a million tokens, by model
   * @return a new table
   * @throws IllegalArgumentException if a price is negative
   */
  public Prices with(Map<String, BigDecimal> more) {
    Map<String, BigDecimal> all = new HashMap<>(perMillionTokens);
    all.putAll(more);
    return new Prices(all);
  }

  /**
   * The price of embedding.
   *
   * @param model the model's name
   * @param tokens how many tokens
   * @return US dollars, exact; null if the model's price is not known
   */
  public @Nullable BigDecimal of(String model, long tokens) {
    BigDecimal price = perMillionTokens.get(model);
    return price == null
        ? null
        : price.multiply(BigDecimal.valueOf(tokens)).divide(MILLION).stripTrailingZeros();
  }
}
