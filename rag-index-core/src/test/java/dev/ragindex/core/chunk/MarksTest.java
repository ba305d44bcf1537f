package dev.ragindex.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarksTest {

  /**
   * The block before ends at {@code <}, the marks should start at {@code |}, the block at {@code
   * >}.
   */
  @ParameterizedTest
  @CsvSource({
    "'Before<\n\n|## >Title'",
    "'Before<\n\n|====\n>Title'",
    "'Before<\n\n|====\n## >Title'",
    "'Before<\n====\n\n|>Title'",
    "'Before<\n  |>indented'",
    "'Before< |>same line'",
    "'Before<.|>same line'",
    "'<|# >first'",
    "'<\n\n|# >first after blank lines'",
    "'Before<\nloose words\n|> after words'",
  })
  void marks_go_with_the_block_they_lead_to(String shape) {
    String text = shape.replaceAll("[<|>]", "");
    int floor = shape.indexOf('<');
    int lead = shape.indexOf('|') - 1;
    int start = shape.indexOf('>') - 2;

    assertThat(Marks.lead(text, floor, start)).isEqualTo(lead);
  }
}
