package dev.ragindex.benchmarks.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RaceTest {

  @Test
  void each_begins_in_turn_and_the_first_round_warms_up() {
    List<String> ran = new ArrayList<>();
    Contender a = new Contender("a", () -> ran.add("a"));
    Contender b = new Contender("b", () -> ran.add("b"));

    Race.run(List.of(a, b), 2, 100);

    assertThat(String.join("", ran)).isEqualTo("ba" + "ab" + "ba");
  }

  @Test
  void the_faster_one_is_told() {
    Contender slow = new Contender("slow", () -> sleep(20));
    Contender fast = new Contender("fast", () -> sleep(1));

    Race race = Race.run(List.of(slow, fast), 5, 1_000);

    assertThat(race.fastest(List.of(slow, fast))).isEqualTo(fast);
    assertThat(race.ratio(fast, slow))
        .isGreaterThan(1)
        .isCloseTo(1 / race.ratio(slow, fast), withPercentage(1e-6));
    assertThat(race.ratio(fast, slow))
        .isBetween(race.bounds(fast, slow)[0], race.bounds(fast, slow)[1]);
    assertThat(race.median(slow)).isBetween(1.0, 50_000.0);
    assertThat(race.range(slow)[0]).isLessThanOrEqualTo(race.range(slow)[1]);
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
