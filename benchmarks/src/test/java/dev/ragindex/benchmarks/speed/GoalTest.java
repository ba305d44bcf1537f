package dev.ragindex.benchmarks.speed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragindex.benchmarks.tokens.TextKind;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.options.CommandLineOptions;

class GoalTest {

  @Test
  void rates_are_compared_within_one_counter_and_english_text() {
    List<Rate> rates =
        List.of(
            rate("recursive stable, unseen", "CL100K", TextKind.ENGLISH, 50),
            rate("recursive stable, unseen", "CL100K", TextKind.CHINESE, 10),
            rate("recursive stable, unseen", "O200K", TextKind.ENGLISH, 30),
            rate("LangChain4j recursive, jtokkit", "CL100K", TextKind.ENGLISH, 5));

    assertThat(Goal.table(Goal.of(rates)))
        .isEqualTo(
            """

            | figure | goal | found | |
            |---|---|---|---|
            | recursive, cl100k, English, unseen, times LangChain4j with jtokkit | ≥ 8.0 | 10.00 | met |
            | recursive, English, unseen, o200k beside cl100k | ≥ 0.75 | 0.60 | missed |
            """);
  }

  @Test
  void what_must_not_be_more_is_missed_by_more() {
    Goal less = Goal.atMost("less", 3, OptionalDouble.of(2.9));
    Goal more = Goal.atMost("more", 3, OptionalDouble.of(3.1));

    assertThat(Goal.table(List.of(less, more)))
        .contains("| less | ≤ 3.0 | 2.90 | met |", "| more | ≤ 3.0 | 3.10 | missed |");
  }

  @Test
  void large_and_hostile_texts_and_starts_are_measured() {
    assertThat(new LargeTexts(100_000).goals())
        .hasSizeGreaterThan(10)
        .allMatch(goal -> goal.found().orElseThrow() > 0);
  }

  @Test
  void a_run_takes_of_its_parameters_what_the_user_wants() throws Exception {
    CommandLineOptions nothing = new CommandLineOptions("-p", "kind=MARKDOWN");
    SpeedRun english =
        new SpeedRun("speed.SentenceIteratorBenchmark", Map.of("kind", List.of("ENGLISH")));

    assertThat(english.run(nothing)).isEmpty();
  }

  private static Rate rate(String contender, String counting, TextKind kind, double megabytes) {
    return new Rate(contender, counting, kind, megabytes, 1, 1);
  }
}
