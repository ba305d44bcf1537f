package dev.ragindex.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Cl100kCounterTest {

  private final Cl100kCounter counter = Cl100kCounter.create();

  /** Counts published by OpenAI for tiktoken (openai-cookbook, How to count tokens). */
  @ParameterizedTest
  @CsvSource({
    "antidisestablishmentarianism, 6",
    "2 + 2 = 4, 7",
    "お誕生日おめでとう, 9",
    "tiktoken is great!, 6"
  })
  void counts_as_published(String text, int tokens) {
    assertThat(counter.name()).isEqualTo("cl100k_base");
    assertThat(counter.count(text)).isEqualTo(tokens);
  }

  @Test
  void counts_a_part_as_if_it_stood_alone() {
    String text = "antidisestablishmentarianism";

    assertThat(counter.count(text, 4, 15)).isEqualTo(counter.count("disestablis"));
    assertThat(counter.count(text, 4, 4)).isZero();
    assertThatThrownBy(() -> counter.count(text, 4, 99))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void a_special_token_spelled_out_is_ordinary_text() {
    assertThat(counter.count("<|endoftext|>")).isGreaterThan(1);
  }

  @Test
  void survives_what_is_no_text() {
    assertThat(counter.count("\u0000")).isPositive();
    assertThat(counter.count("a\uD800b\uDC00")).isPositive();
  }

  @Test
  void a_long_piece_without_a_break_is_counted_in_time() {
    assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> assertThat(counter.count("a".repeat(100_000))).isPositive());
  }
}
