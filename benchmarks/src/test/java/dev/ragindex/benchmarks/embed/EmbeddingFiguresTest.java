package dev.ragindex.benchmarks.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragindex.embedder.onnx.OnnxEmbedder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The figures can be taken. How fast it is here means nothing, that vectors are equal does. */
class EmbeddingFiguresTest {

  @Test
  void figures_are_printed_beside_their_competitors() throws IOException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();

    new EmbeddingFigures(1, 8, new PrintStream(printed, true, StandardCharsets.UTF_8)).print();

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains(
            "| OnnxEmbedder |",
            "| LangChain4j, all texts in a call |",
            "| ONNX Runtime, ",
            "of that batcher and caches")
        .containsPattern("goal ≤ 1e-04: met");
  }

  @Test
  void samples_count_for_the_innermost_class_that_is_anybodys() {
    CpuSamples samples =
        new CpuSamples(
            List.of(
                List.of("java.A", "ours.Wanted", "ours.Other"),
                List.of("ours.Other", "ours.Wanted"),
                List.of("java.A", "java.B"),
                List.of("ours.Wanted")));

    assertThat(samples.share(type -> type.startsWith("ours."), "ours.Wanted"::equals))
        .isEqualTo(0.5);
  }

  @Test
  void passages_have_as_many_tokens_as_asked_for() {
    try (OnnxEmbedder embedder = OnnxEmbedder.miniLm()) {
      assertThat(Passages.of(20, 126, embedder.tokenCounter()))
          .hasSize(20)
          .doesNotHaveDuplicates()
          .allMatch(passage -> embedder.tokenCounter().count(passage) == 126);
    }
  }
}
