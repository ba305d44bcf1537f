package dev.ragindex.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragindex.api.Fingerprint;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyFilterTest {

  private final KeyFilter filter = new KeyFilter();

  @Test
  void what_was_added_may_be_there_and_hardly_anything_else() {
    IntStream.range(0, 100_000).forEach(i -> filter.add(key(i)));

    assertThat(IntStream.range(0, 100_000)).allMatch(i -> filter.mayHold(key(i)));
    assertThat(IntStream.range(100_000, 200_000).filter(i -> filter.mayHold(key(i))).count())
        .as("of 100,000 that were not")
        .isLessThan(100);
  }

  @Test
  void an_empty_one_holds_nothing() {
    assertThat(IntStream.range(0, 1_000)).noneMatch(i -> filter.mayHold(key(i)));
  }

  private static Fingerprint key(int number) {
    return Fingerprint.builder("key").add(number).build();
  }
}
