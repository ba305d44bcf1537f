package dev.ragindex.store.pgvector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ragindex.api.Metadata;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataJsonTest {

  private static final Metadata EVERY_TYPE =
      Metadata.EMPTY
          .with("path", "a \"quoted\" \\ name\n😀.md")
          .with("size", Long.MIN_VALUE)
          .with("score", 0.1)
          .with("draft", true)
          .with("modified", Instant.parse("2026-01-02T03:04:05.678Z"))
          .with("tags", List.of("b", "a"));

  /** What is stored must stay readable: a change here is a new version of the table's format. */
  private static final String GOLDEN =
      """
      {"draft":{"flag":true},"modified":{"moment":1767323045678},\
      "path":{"text":"a \\"quoted\\" \\\\ name\\n😀.md"},"score":{"real":0.1},\
      "size":{"whole":-9223372036854775808},"tags":{"texts":["b","a"]}}\
      """;

  @Test
  void writes_each_value_under_the_name_of_its_type() {
    assertThat(MetadataJson.encode(EVERY_TYPE)).isEqualTo(GOLDEN);
    assertThat(MetadataJson.encode(Metadata.EMPTY)).isEqualTo("{}");
  }

  @Test
  void reads_what_it_wrote() {
    assertThat(MetadataJson.decode(GOLDEN)).isEqualTo(EVERY_TYPE);
    assertThat(MetadataJson.decode("{}")).isEqualTo(Metadata.EMPTY);
  }

  @Test
  void reads_back_random_metadata() {
    long seed = Long.getLong("test.seed", System.nanoTime());
    System.out.println("test.seed=" + seed);
    Samples samples = new Samples(new Random(seed));
    for (int i = 0; i < 1_000; i++) {
      Metadata metadata = samples.metadata();
      assertThat(MetadataJson.decode(MetadataJson.encode(metadata))).isEqualTo(metadata);
    }
  }

  @Test
  void reads_a_real_number_that_jsonb_wrote_as_a_whole_one() {
    assertThat(MetadataJson.decode("{\"a\": {\"real\": 100000000000000000000000}}"))
        .isEqualTo(Metadata.EMPTY.with("a", 1e23));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{",
        "{} {}",
        "{\"a\":1}",
        "{\"a\":{}}",
        "{\"a\":{\"text\":1}}",
        "{\"a\":{\"text\":null}}",
        "{\"a\":{\"whole\":1.5}}",
        "{\"a\":{\"whole\":9223372036854775808}}",
        "{\"a\":{\"real\":\"1\"}}",
        "{\"a\":{\"flag\":0}}",
        "{\"a\":{\"moment\":\"1970-01-01\"}}",
        "{\"a\":{\"texts\":[1]}}",
        "{\"a\":{\"texts\":\"a\"}}",
        "{\"a\":{\"word\":\"a\"}}",
        "{\"a\":{\"text\":\"a\",\"whole\":1}}",
        "{\"\":{\"text\":\"a\"}}",
        "{\"a\":{\"text\":\"a\"}"
      })
  void refuses_what_it_never_writes(String json) {
    assertThatIllegalArgumentException().isThrownBy(() -> MetadataJson.decode(json));
  }
}
