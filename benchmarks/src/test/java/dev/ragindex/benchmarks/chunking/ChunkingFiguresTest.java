package dev.ragindex.benchmarks.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragindex.api.DocumentParser;
import dev.ragindex.core.embed.HashingEmbedder;
import dev.ragindex.parsers.TikaParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program on a small made-up data folder. */
class ChunkingFiguresTest {

  @TempDir private Path folder;

  @Test
  void all_figures_are_printed() throws IOException {
    writeData();
    DocumentParser parser = TikaParser.create();
    FigureData data = FigureData.read(folder, List.of(), parser);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    new ChunkingFigures(
            data,
            parser,
            HashingEmbedder.create(),
            new ChunkingFigures.Scale(10, 4, 20_000),
            new FigurePrinter(out))
        .print();

    String printed = bytes.toString(StandardCharsets.UTF_8);
    assertThat(printed.lines().filter(line -> line.startsWith("## "))).hasSize(7);
    assertThat(printed)
        .contains(
            "10 inserts into 2 documents", "1 commits, all together", "1 questions", "| base64 |")
        .doesNotContain("NaN", "Infinity");
    // The one answer stands word for word in a small document.
    assertThat(printed).containsPattern("\\| structure \\| stable \\| .* \\| 100\\.0 \\|");
  }

  private void writeData() throws IOException {
    Path evaluation = Files.createDirectory(folder.resolve("chunking-evaluation"));
    Path edits = Files.createDirectory(folder.resolve("edit-pairs"));
    String corpus = Texts.markdown(1) + "\n## Zebras\n\nZebras have stripes.\n";
    int start = corpus.indexOf("Zebras have");
    Files.writeString(evaluation.resolve("animals.md"), corpus);
    Files.writeString(
        evaluation.resolve("questions.csv"),
        """
        question,references,corpus_id
        What have zebras?,"[{""content"": ""Zebras have stripes."", ""start_index"": %d, \
        ""end_index"": %d}]",animals
        """
            .formatted(start, start + "Zebras have stripes.".length()));
    String before = Texts.markdown(2);
    Files.writeString(edits.resolve("00.before.md"), before);
    Files.writeString(
        edits.resolve("00.after.md"), before.replace("## Section 3\n", "## Section 3\n\nNew.\n"));
  }
}
