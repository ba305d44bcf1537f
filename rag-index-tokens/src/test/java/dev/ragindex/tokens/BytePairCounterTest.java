package dev.ragindex.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.ragindex.api.CountedText;
import dev.ragindex.api.TokenCounter;
import java.nio.CharBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BytePairCounterTest {

  private static final TokenCounter CL100K = BytePairCounter.cl100k();
  private static final TokenCounter O200K = BytePairCounter.o200k();

  static Stream<TokenCounter> counters() {
    return Stream.of(CL100K, O200K);
  }

  /** Counts published by OpenAI for tiktoken (openai-cookbook, How to count tokens). */
  @ParameterizedTest
  @CsvSource({
    "antidisestablishmentarianism, 6, 6",
    "2 + 2 = 4, 7, 7",
    "お誕生日おめでとう, 9, 8",
    "tiktoken is great!, 6, 6"
  })
  void counts_as_published(String text, int cl100k, int o200k) {
    assertThat(CL100K.count(text)).isEqualTo(cl100k);
    assertThat(O200K.count(text)).isEqualTo(o200k);
  }

  @Test
  void is_named_after_its_tokenizer() {
    assertThat(counters())
        .extracting(TokenCounter::name)
        .containsExactly("cl100k_base", "o200k_base");
  }

  @ParameterizedTest
  @MethodSource("counters")
  void counts_a_part_as_if_it_stood_alone(TokenCounter counter) {
    Random random = new Random(RandomTexts.seed());
    new RandomTexts(random)
        .stream(1_000)
            .forEach(
                text -> {
                  int start = random.nextInt(text.length() + 1);
                  int end = start + random.nextInt(text.length() - start + 1);

                  assertThat(counter.count(text, start, end))
                      .as("%s from %d to %d", text, start, end)
                      .isEqualTo(counter.count(text.substring(start, end)));
                });
  }

  @ParameterizedTest
  @MethodSource("counters")
  void counts_the_parts_of_a_text_read_once_as_if_they_stood_alone(TokenCounter counter) {
    Random random = new Random(RandomTexts.seed());
    Stream.concat(
            Stream.concat(
                new RandomTexts(random).stream(200), new HostileTexts(random).mixtures(500)),
            ProjectTexts.below(ProjectTexts.more(), ".java"))
        .forEach(
            text -> {
              CountedText counted = counter.counted(text);
              for (int i = 0; i < 50; i++) {
                int start = random.nextInt(text.length() + 1);
                int end = start + random.nextInt(text.length() - start + 1);

                assertThat(counted.count(start, end))
                    .as("%s from %d to %d", text, start, end)
                    .isEqualTo(counter.count(text, start, end));
              }
            });
  }

  @ParameterizedTest
  @MethodSource("counters")
  void refuses_a_part_outside_the_text(TokenCounter counter) {
    assertThatThrownBy(() -> counter.count("abc", 1, 4))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(counter.count("abc", 3, 3)).isZero();
  }

  @ParameterizedTest
  @MethodSource("counters")
  void reads_any_char_sequence(TokenCounter counter) {
    String text = "Hello, 世界 😀! ".repeat(2_000);

    assertThat(counter.count(CharBuffer.wrap(text))).isEqualTo(counter.count(text));
  }

  @ParameterizedTest
  @MethodSource("counters")
  void a_special_token_spelled_out_is_ordinary_text(TokenCounter counter) {
    assertThat(counter.count("<|endoftext|>")).isGreaterThan(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\uD800b", "a\uDC00b", "\uDC00\uD800", "a\uD800", "\uD800\uD800\uDC00"})
  void half_a_surrogate_pair_counts_as_replacement_character(String text) {
    String repaired = text.replaceAll("\uD800|\uDC00", "\uFFFD"); // by code point: pairs stay

    assertThat(counters())
        .allSatisfy(counter -> assertThat(counter.count(text)).isEqualTo(counter.count(repaired)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "A",
        "ab",
        "aB",
        "é",
        "中",
        "中A",
        " ",
        "\n",
        "\r\n",
        " \n",
        "\t",
        "7",
        ".",
        "'s",
        "'",
        "/",
        "!\n",
        "\u0301",
        "a\u0301",
        "\u0301A",
        "😀",
        "👩\u200D👩\u200D👧\u200D👦",
        "\uD800",
        "ก",
        "가"
      })
  void takes_linear_time_on_hostile_text(String unit) {
    String text = unit.repeat(1_000_000 / unit.length());

    counters()
        .forEach(
            counter ->
                assertTimeoutPreemptively(
                    Duration.ofSeconds(10), () -> assertThat(counter.count(text)).isPositive()));
  }

  @ParameterizedTest
  @MethodSource("counters")
  void takes_linear_time_on_a_random_word(TokenCounter counter) {
    String word = HostileTexts.word(new Random(RandomTexts.seed()), 1_000_000);

    assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> assertThat(counter.count(word)).isPositive());
  }

  @ParameterizedTest
  @MethodSource("counters")
  void many_threads_get_what_one_gets(TokenCounter shared) throws Exception {
    List<String> texts = new RandomTexts(new Random(RandomTexts.seed())).stream(5_000).toList();
    TokenCounter fresh = shared == CL100K ? BytePairCounter.cl100k() : BytePairCounter.o200k();
    List<Integer> alone = texts.stream().map(fresh::count).toList();
    try (var executor = Executors.newFixedThreadPool(8)) {
      List<Future<List<Integer>>> runs =
          IntStream.range(0, 8)
              .mapToObj(i -> executor.submit(() -> texts.stream().map(shared::count).toList()))
              .toList();

      for (Future<List<Integer>> run : runs) {
        assertThat(run.get()).isEqualTo(alone);
      }
    }
  }
}
