package dev.ragindex.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Derives the vocabulary files of this module from those that OpenAI published, as jtokkit packages
 * them, and compares. {@link #main} writes them.
 */
class MergesFileTest {

  @ParameterizedTest
  @ValueSource(strings = {"cl100k_base", "o200k_base"})
  void the_file_says_what_the_published_vocabulary_says(String name) throws IOException {
    byte[] file = Oracle.resource("dev/ragindex/tokens/" + name + ".merges");

    assertThat(file).isEqualTo(derive(name));
  }

  /** Writes the files into the folder named. */
  static void main(String[] folder) throws IOException {
    for (String name : List.of("cl100k_base", "o200k_base")) {
      Files.write(Path.of(folder[0], name + ".merges"), derive(name));
    }
  }

  private static byte[] derive(String name) {
    Map<String, Integer> ranks = new HashMap<>();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (String token : published(name)) {
      int rank = ranks.size();
      if (rank < 256) {
        assertThat(token).hasSize(1);
        file.write(token.charAt(0));
      } else {
        List<String> halves = merge(token, ranks);
        assertThat(halves).as("what token %d is merged of", rank).hasSize(2);
        halves.forEach(half -> number(file, ranks.get(half)));
      }
      ranks.put(token, rank);
    }
    return file.toByteArray();
  }

  /** Merges the bytes of a token as far as the tokens before it go. */
  private static List<String> merge(String token, Map<String, Integer> ranks) {
    List<String> parts = new ArrayList<>(List.of(token.split("")));
    for (int best = best(parts, ranks); best >= 0; best = best(parts, ranks)) {
      parts.set(best, parts.get(best) + parts.remove(best + 1));
    }
    return parts;
  }

  private static int best(List<String> parts, Map<String, Integer> ranks) {
    int best = -1;
    int bestRank = Integer.MAX_VALUE;
    for (int i = 0; i + 1 < parts.size(); i++) {
      int rank = ranks.getOrDefault(parts.get(i) + parts.get(i + 1), Integer.MAX_VALUE);
      if (rank < bestRank) {
        best = i;
        bestRank = rank;
      }
    }
    return best;
  }

  private static void number(ByteArrayOutputStream file, int number) {
    int rest = number;
    for (; rest >= 0x80; rest >>= 7) {
      file.write(rest | 0x80);
    }
    file.write(rest);
  }

  /** The tokens in the order of their ranks, a character for each byte. */
  private static List<String> published(String name) {
    byte[] file = Oracle.resource("com/knuddels/jtokkit/" + name + ".tiktoken");
    return new String(file, StandardCharsets.US_ASCII)
        .lines()
        .map(line -> Base64.getDecoder().decode(line.substring(0, line.indexOf(' '))))
        .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
        .toList();
  }
}
