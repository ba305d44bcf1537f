package dev.ragindex.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphemesTest {

  private static final long SEED = Long.getLong("seed", 11);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n",
        "e\u0301",
        "\u1112\u1161\u11AB",
        "\uAC00\u11A8",
        "\uD83D\uDE00",
        "\uD83D\uDC4D\uD83C\uDFFD",
        "\u2764\uFE0F",
        "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67",
        "\uD83C\uDDE9\uD83C\uDDEA",
        "\u0915\u094D\u0937\u093F",
        "\u0E01\u0E33",
        "\u0600\u0661",
        "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC7F",
      })
  void one_character_is_not_cut(String cluster) {
    String text = "a" + cluster + "b";

    assertThat(boundaries(text)).containsExactly(0, 1, 1 + cluster.length(), text.length());
    assertThat(Graphemes.next(text, 1, text.length())).isEqualTo(1 + cluster.length());
  }

  @Test
  void flags_are_cut_in_pairs() {
    String flags = "\uD83C\uDDE9\uD83C\uDDEA".repeat(3);

    assertThat(boundaries(flags)).containsExactly(0, 4, 8, 12);
  }

  @Test
  void no_text_keeps_a_cluster_of_any_length_together() {
    String text = "e" + "\u0301".repeat(500);

    assertThat(Graphemes.next(text, 0, text.length())).isEqualTo(Graphemes.LONGEST);
  }

  /**
   * The JDK's regular expressions know clusters too; restricted to characters all versions share.
   */
  @Test
  void random_text_is_cut_as_the_jdk_does() {
    Random random = new Random(SEED);
    for (int trial = 0; trial < 300; trial++) {
      String text = Texts.noise(random, 60);
      List<Integer> expected = new ArrayList<>(List.of(0));
      Matcher clusters = Pattern.compile("\\X").matcher(text);
      while (clusters.find()) {
        expected.add(clusters.end());
      }
      assertThat(boundaries(text)).as("seed %d: %s", SEED, text).isEqualTo(expected);
    }
  }

  private static List<Integer> boundaries(String text) {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i <= text.length(); i++) {
      if (Graphemes.isBoundary(text, i)) {
        all.add(i);
      }
    }
    return all;
  }
}
