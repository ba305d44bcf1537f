package dev.ragindex.core.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HashingEmbedderTest {

  private final HashingEmbedder embedder = HashingEmbedder.create();

  private static double cosine(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  @Test
  void vectors_have_unit_length_even_of_nothing() {
    for (String text : List.of("a few words", "", " ", "\u0000", "日本語")) {
      float[] vector = embedder.embedQuery(text);
      assertThat(vector).hasSize(384);
      assertThat(cosine(vector, vector)).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void vector_of_a_fixed_text_never_changes() {
    assertThat(Arrays.hashCode(embedder.embedQuery("The golden text of 2026."))).isEqualTo(GOLDEN);
  }

  private static final int GOLDEN = 2_111_331_261;

  @Test
  void texts_that_share_words_are_nearer_than_texts_that_do_not() {
    float[] query = embedder.embedQuery("striped zebra");
    assertThat(cosine(query, embedder.embedQuery("the zebra is striped")))
        .isGreaterThan(cosine(query, embedder.embedQuery("a lion sleeps tonight")));
  }

  @Test
  void too_long_a_text_is_refused_not_cut() {
    String long_ = "word ".repeat(513);
    assertThatThrownBy(() -> embedder.embedQuery(long_))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("513");
  }

  @Test
  void counter_counts_words_by_sixteen_characters_and_marks_one_by_one() {
    assertThat(embedder.tokenCounter().count("Hello, world!")).isEqualTo(4);
    assertThat(embedder.tokenCounter().count("a".repeat(33))).isEqualTo(3);
    assertThat(embedder.tokenCounter().count("xx one yy", 3, 6)).isEqualTo(1);
  }
}
