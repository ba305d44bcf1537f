package dev.ragindex.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.ragindex.api.CountedText;
import dev.ragindex.api.TokenCounter;
import java.io.ByteArrayInputStream;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordPieceTokenizerTest {

  private static final byte[] MINI_LM = Oracle.resource("all-minilm-l6-v2-q-tokenizer.json");

  private final WordPieceTokenizer tokenizer = read(MINI_LM);
  private final TokenCounter counter = tokenizer.counter();

  @Test
  void encodes_with_special_tokens_and_counts_without() {
    assertThat(tokenizer.encode("hello world")).containsExactly(101, 7592, 2088, 102);
    assertThat(counter.count("hello world")).isEqualTo(2);
    assertThat(tokenizer.specialTokens()).isEqualTo(2);
  }

  @Test
  void gives_all_tokens_although_the_file_asks_for_truncation_and_padding() {
    assertThat(new String(MINI_LM, StandardCharsets.UTF_8)).contains("\"max_length\": 128");

    assertThat(tokenizer.encode("word ".repeat(1_000))).hasSize(1_002);
    assertThat(tokenizer.encode("word")).hasSize(3);
  }

  @Test
  void counts_a_part_as_if_it_stood_alone() {
    long seed = RandomTexts.seed();
    Random random = new Random(seed);
    new RandomTexts(random)
        .stream(1_000)
            .forEach(
                text -> {
                  int start = random.nextInt(text.length() + 1);
                  int end = start + random.nextInt(text.length() - start + 1);

                  assertThat(counter.count(text, start, end))
                      .as("%s from %d to %d", text, start, end)
                      .isEqualTo(tokenizer.encode(text.substring(start, end)).length - 2);
                });
  }

  @Test
  void counts_the_parts_of_a_text_read_once_as_if_they_stood_alone() {
    Random random = new Random(RandomTexts.seed());
    Stream<String> bracketed = random.ints(500).mapToObj(seed -> bracketed(new Random(seed)));
    Stream.concat(
            Stream.concat(
                new RandomTexts(random).stream(200), new HostileTexts(random).mixtures(500)),
            bracketed)
        .forEach(text -> assertThatPartsAddUp(counter, text, random));
  }

  @Test
  void special_tokens_that_may_overlap_are_found_in_parts_of_a_text_read_once() {
    Random random = new Random(RandomTexts.seed());
    TokenCounter odd = read(edited("\"content\": \"[MASK]\"", "\"content\": \"-[-\"")).counter();
    random
        .ints(500)
        .mapToObj(seed -> bracketed(new Random(seed)))
        .forEach(text -> assertThatPartsAddUp(odd, text, random));
  }

  private static void assertThatPartsAddUp(TokenCounter counter, String text, Random random) {
    CountedText counted = counter.counted(text);
    for (int i = 0; i < 50; i++) {
      int start = random.nextInt(text.length() + 1);
      int end = start + random.nextInt(text.length() - start + 1);

      assertThat(counted.count(start, end))
          .as("%s from %d to %d", text, start, end)
          .isEqualTo(counter.count(text, start, end));
    }
  }

  /** Special tokens, whole and broken, among words, symbols and surrogates. */
  private static String bracketed(Random random) {
    String[] parts = {
      "[SEP]", "[MASK]", "[", "]", "MASK", "word", " ", "-", "-[-[-[-", "中", "é", "😀", "\uD83D"
    };
    return random
        .ints(1 + random.nextInt(200), 0, parts.length)
        .mapToObj(i -> parts[i])
        .collect(Collectors.joining());
  }

  @Test
  void a_part_ends_before_a_special_token_or_a_surrogate_pair_ends() {
    assertThat(counter.count("a[SEP]b", 0, 6)).isEqualTo(2);
    assertThat(counter.count("a[SEP]b", 0, 5)).isEqualTo(3);
    assertThat(counter.count("a😀", 0, 2)).isEqualTo(counter.count("a\uFFFD"));
  }

  @Test
  void reads_any_char_sequence() {
    assertThat(counter.count(CharBuffer.wrap("hello, world"), 5, 12)).isEqualTo(2);
  }

  @Test
  void refuses_a_part_outside_the_text() {
    assertThatThrownBy(() -> counter.count("abc", 1, 4))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\uD800b", "a\uDC00b", "\uDC00\uD800", "a\uD800", "\uD800\uD800\uDC00"})
  void half_a_surrogate_pair_counts_as_replacement_character(String text) {
    String repaired = text.replaceAll("\uD800|\uDC00", "\uFFFD"); // by code point: pairs stay

    assertThat(tokenizer.encode(text)).isEqualTo(tokenizer.encode(repaired));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "\u0301", "\u200B", "中", ".", "\u0000", "\uD800", "[", "[CLS", "가"})
  void takes_linear_time_on_hostile_text(String unit) {
    String text = unit.repeat(10_000_000 / unit.length());

    assertTimeoutPreemptively(Duration.ofSeconds(10), () -> counter.count(text));
  }

  @Test
  void many_threads_get_what_one_gets() throws Exception {
    List<String> texts = new RandomTexts(new Random(RandomTexts.seed())).stream(500).toList();
    List<int[]> alone = texts.stream().map(read(MINI_LM)::encode).toList();
    WordPieceTokenizer shared = read(MINI_LM);
    try (var executor = Executors.newFixedThreadPool(8)) {
      List<Future<List<int[]>>> runs =
          IntStream.range(0, 8)
              .mapToObj(i -> executor.submit(() -> texts.stream().map(shared::encode).toList()))
              .toList();

      for (Future<List<int[]>> run : runs) {
        assertThat(run.get().toArray(int[][]::new)).isDeepEqualTo(alone.toArray(int[][]::new));
      }
    }
  }

  @Test
  void equal_vocabularies_have_equal_names() {
    WordPieceTokenizer e5 = read(Oracle.resource("e5-small-v2-q-tokenizer.json"));
    WordPieceTokenizer cased = read(edited("\"lowercase\": true", "\"lowercase\": false"));

    assertThat(counter.name()).matches("wordpiece-[0-9a-f]{16}").isEqualTo(e5.counter().name());
    assertThat(counter.name()).isNotEqualTo(cased.counter().name());
  }

  @Test
  void reads_the_post_processor_of_older_files() {
    String json = new String(MINI_LM, StandardCharsets.UTF_8);
    String template = json.substring(json.indexOf("\"post_processor\""), json.indexOf("\"decoder"));
    String older =
        "\"post_processor\": {\"type\": \"BertProcessing\", \"sep\": [\"[SEP]\", 102],"
            + " \"cls\": [\"[CLS]\", 101]}, ";

    assertThat(read(edited(template, older)).encode("hello")).containsExactly(101, 7592, 102);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"type\": \"WordPiece\",', '\"type\": \"BPE\",', model.type",
    "BertNormalizer, NFKC, normalizer.type",
    "BertPreTokenizer, Whitespace, pre_tokenizer.type",
    "TemplateProcessing, RobertaProcessing, post_processor.type",
    "'\"unk_token\": \"[UNK]\"', '\"unk_token\": \"<unk>\"', model.unk_token",
    "'\"lstrip\": false', '\"lstrip\": true', 'added_tokens[0].lstrip'",
    "'\"max_input_chars_per_word\": 100', '\"max_input_chars_per_word\": 0', max_input_chars",
    "'\"[unused0]\": 1', '\"[unused0]\": \"1\"', 'model.vocab.[unused0]'",
    "'\"vocab\"', '\"words\"', model.vocab",
    "'{', '{,', JSON"
  })
  void refuses_what_it_does_not_know(String part, String replacement, String named) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(edited(part, replacement)))
        .withMessageContaining(named);
  }

  private static byte[] edited(String part, String replacement) {
    String json = new String(MINI_LM, StandardCharsets.UTF_8);
    assertThat(json).contains(part);
    return json.replace(part, replacement).getBytes(StandardCharsets.UTF_8);
  }

  private static WordPieceTokenizer read(byte[] json) {
    return WordPieceTokenizer.read(new ByteArrayInputStream(json));
  }
}
