package dev.ragindex.benchmarks.speed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragindex.benchmarks.speed.BarChart.Bar;
import dev.ragindex.benchmarks.tokens.Megabytes;
import dev.ragindex.benchmarks.tokens.TextKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpeedFiguresTest {

  @Test
  void all_splitters_do_the_same_job() {
    ChunkerBenchmark ours = new ChunkerBenchmark();
    ours.read();
    JtokkitBenchmark theirs = new JtokkitBenchmark();
    theirs.read();
    LangChain4jBenchmark counted = new LangChain4jBenchmark();
    counted.read();
    Megabytes done = new Megabytes();

    int chunks = ours.seen(done);

    assertThat(chunks).isGreaterThan(5);
    assertThat(
            List.of(theirs.langChain4j(done), theirs.springAi(done), counted.withOurCounter(done)))
        .allSatisfy(others -> assertThat(others).isBetween(chunks / 2, chunks * 2));
    assertThat(done.megabytes).isBetween(0.08, 0.1);
  }

  @Test
  void the_table_has_a_row_for_each_contender_and_a_column_for_each_kind() {
    List<Rate> rates =
        List.of(
            new Rate("recursive stable, seen", "CL100K", TextKind.ENGLISH, 60, 1.5, 2),
            new Rate("recursive stable, seen", "CL100K", TextKind.CODE, 40, 1, 3),
            new Rate("jtokkit counting alone", "CL100K", TextKind.ENGLISH, 20, 1, 0));

    assertThat(SpeedFigures.markdown(rates))
        .isEqualTo(
            """

            | CL100K, MB/s | english | code | allocated bytes a byte |
            |---|---|---|---|
            | recursive stable, seen | 60.0 ± 1.5 | 40.0 ± 1.0 | 3.0 |
            | jtokkit counting alone | 20.0 ± 1.0 |  | 0.0 |
            """);
  }

  @Test
  void the_longest_bar_is_as_long_as_can_be_and_others_in_proportion() {
    String svg =
        new BarChart("a & b", List.of(new Bar("fast", 50, true), new Bar("slow", 25, false))).svg();

    assertThat(svg)
        .contains("a &amp; b", "width=\"420.0\"", "width=\"210.0\"", ">50.0<", ">25.0<")
        .endsWith("</svg>\n");
  }
}
