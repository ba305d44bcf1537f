package dev.ragindex.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PricesTest {

  @Test
  void tokens_cost_their_part_of_the_price_of_a_million() {
    assertThat(Prices.LISTED.of("text-embedding-3-small", 1_234_567))
        .isEqualByComparingTo("0.02469134");
  }

  @Test
  void an_unknown_model_has_no_price() {
    assertThat(Prices.LISTED.of("their-model", 10)).isNull();
  }

  @Test
  void a_users_own_price_wins() {
    Prices own =
        Prices.LISTED.with(
            Map.of("text-embedding-3-small", BigDecimal.ONE, "their-model", BigDecimal.TEN));
    assertThat(own.of("text-embedding-3-small", 500_000)).isEqualByComparingTo("0.5");
    assertThat(own.of("their-model", 100_000)).isEqualByComparingTo("1");
    assertThat(own.of("text-embedding-3-large", 1_000_000)).isEqualByComparingTo("0.13");
  }

  @Test
  void a_negative_price_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Prices(Map.of("m", BigDecimal.valueOf(-1))))
        .withMessageContaining("m: -1");
  }
}
