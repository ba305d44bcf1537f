package dev.ragindex.tokens;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Equality with the reference for each character, by a vocabulary in which every character is a
 * piece: no unknown word hides what a character was taken for.
 */
class CharacterTableTest {

  private static final int CONTINUED = 0x200000;
  private static final int LINE = 64;

  @ParameterizedTest(name = "clean {0}, ideographs apart {1}, strip accents {2}, lower case {3}")
  @CsvSource({
    "true, true, null, true",
    "true, true, false, true",
    "false, false, true, false",
    "false, true, null, false"
  })
  void takes_each_character_and_random_neighbours_for_what_the_reference_takes_them(
      boolean clean, boolean apart, String strip, boolean lower) {
    RandomTexts texts = new RandomTexts(new Random(RandomTexts.seed()));
    try (Oracle oracle = Oracle.of(tokenizerJson(clean, apart, strip, lower))) {
      for (int first = 0; first < 0x20000; first += LINE) {
        String text =
            scalars(first, first + LINE)
                .mapToObj(c -> "a" + Character.toString(c) + "b ")
                .collect(Collectors.joining());

        oracle.agreesOn(text);
      }
      texts.stream(2_000).forEach(oracle::agreesOn);
    }
  }

  private static byte[] tokenizerJson(boolean clean, boolean apart, String strip, boolean lower) {
    String vocabulary =
        scalars(1, 0x20000)
            .mapToObj(c -> "\"%2$s\":%1$d,\"##%2$s\":%3$d".formatted(c, json(c), c + CONTINUED))
            .collect(Collectors.joining(","));
    return """
    {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
     "normalizer": {"type": "BertNormalizer", "clean_text": %s, "handle_chinese_chars": %s,
                    "strip_accents": %s, "lowercase": %s},
     "pre_tokenizer": {"type": "BertPreTokenizer"}, "post_processor": null, "decoder": null,
     "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
               "max_input_chars_per_word": 100, "vocab": {"[UNK]": 5000000, %s}}}
    """
        .formatted(clean, apart, strip, lower, vocabulary)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String json(int codePoint) {
    return Character.toString(codePoint)
        .chars()
        .mapToObj(unit -> "\\u%04x".formatted(unit))
        .collect(Collectors.joining());
  }

  private static IntStream scalars(int from, int to) {
    return IntStream.range(from, to).filter(c -> c < 0xD800 || c > 0xDFFF);
  }
}
