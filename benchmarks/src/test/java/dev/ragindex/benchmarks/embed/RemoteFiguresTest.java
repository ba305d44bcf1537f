package dev.ragindex.benchmarks.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RemoteFiguresTest {

  @Test
  void all_texts_arrive_once_and_the_rate_is_kept() throws IOException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();

    new RemoteFigures(500, new PrintStream(printed, true, StandardCharsets.UTF_8)).print();

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("| 500 texts |", "500 added", " 0 texts embedded twice", ", of 20");
  }
}
