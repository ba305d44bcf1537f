package dev.ragindex.benchmarks.tokens;

import static org.assertj.core.api.Assertions.assertThatNoException;

import org.junit.jupiter.api.Test;

/** The short form of the soak. */
class CountingSoakTest {

  @Test
  void our_counters_and_jtokkit_agree_on_damaged_passages() {
    assertThatNoException()
        .isThrownBy(() -> CountingSoak.main(new String[] {"1", Long.toString(System.nanoTime())}));
  }
}
