package dev.ragindex.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragindex.api.Fingerprint;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DigestTableTest {

  @Test
  void at_every_size_what_was_added_is_found_and_nothing_else() {
    DigestTable table = new DigestTable();
    for (int i = 0; i < 2_000; i++) {
      assertThat(table.find(digest(i))).isEqualTo(DigestTable.NONE);
      assertThat(table.add(digest(i))).isEqualTo(i);
      assertThat(table.find(digest(i))).isEqualTo(i);
    }
    for (int i = 0; i < 2_000; i++) {
      assertThat(table.add(digest(i))).isEqualTo(i);
    }
    assertThat(table.size()).isEqualTo(2_000);
  }

  private static Fingerprint digest(int number) {
    return Fingerprint.ofBytes(Integer.toString(number).getBytes(StandardCharsets.UTF_8));
  }
}
