package dev.ragindex.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an export wrote comes back, and costs nothing. */
class ImportTest {

  @TempDir Path folder;
  private Workplace at;
  private Workplace other;
  private Path file;

  @BeforeEach
  void an_export() throws IOException {
    StringBuilder rules = new StringBuilder("# Rules\n");
    for (int i = 0; i < 60; i++) {
      rules
          .append("\nRule number ")
          .append(i)
          .append(" says that ")
          .append(i * 7)
          .append(" of all.\n");
    }
    at =
        Workplace.in(folder)
            .write("leave.md", "# Leave\n\nEveryone has 28 days of paid leave a year.\n")
            .write(
                "office/canteen.txt",
                "Lunch is served from a quarter to twelve. Gr\u00fc\u00dfe!\n")
            .write("rules.md", rules.toString());
    at.sync("--max-tokens", 100, "--overlap", 10);
    other = new Workplace(at.documents(), folder.resolve("other-index"));
    file = folder.resolve("export.jsonl");
    Files.writeString(file, at.run("export", "--vectors").out());
  }

  private Outcome importIt() {
    return other.run("import", file, "--model", "hashing");
  }

  /** Chunks, ids, vectors: all but what the next sync brings up to date. */
  private static List<String> chunks(Workplace index) {
    List<String> chunks = new ArrayList<>();
    for (JsonNode line : index.run("export", "--vectors").jsonLines()) {
      chunks.add(
          line.get("chunk")
              + " "
              + line.get("embeddingKey")
              + line.get("text")
              + line.get("vector"));
    }
    return chunks;
  }

  @Test
  void the_export_knows_overlaps_so_that_nothing_is_lost() {
    assertThat(at.run("export").jsonLines()).anyMatch(line -> line.has("overlap"));
    assertThat(at.run("export").jsonLines()).anyMatch(line -> !line.has("overlap"));
  }

  @Test
  void an_import_is_the_same_index_and_the_next_sync_embeds_nothing() {
    Outcome imported = importIt();

    assertThat(imported.exit()).isZero();
    assertThat(imported.out()).contains("3 documents");
    assertThat(other.run("export", "--vectors").out())
        .isEqualTo(at.run("export", "--vectors").out());
    assertThat(other.run("verify").exit()).isZero();
    assertThat(other.found("leave", "--top", 1)).containsExactly("leave.md");
    JsonNode sync = other.sync("--max-tokens", 100, "--overlap", 10, "--json").json();
    assertThat(sync.get("chunks").get("embedded").asInt()).isZero();
    assertThat(sync.get("tokens").get("embedded").asInt()).isZero();
    assertThat(sync.get("listed").asInt()).isEqualTo(3);
    assertThat(chunks(other)).isEqualTo(chunks(at));
  }

  @Test
  void the_model_is_remembered() {
    importIt();

    assertThat(other.run("status", "--json").json().get("model").asText()).isEqualTo("hashing");
    assertThat(other.run("sync", at.documents(), "--max-tokens", 100, "--overlap", 10).exit())
        .isZero();
  }

  @Test
  void importing_again_changes_nothing() {
    importIt();

    JsonNode again = other.run("import", file, "--json").json();

    assertThat(Outcome.fields(again)).containsExactly("documents", "chunks", "unchanged", "kept");
    assertThat(again.get("documents").asInt()).isZero();
    assertThat(again.get("unchanged").asInt()).isEqualTo(3);
  }

  @Test
  void what_the_index_has_is_not_overwritten() throws IOException {
    at.write("leave.md", "# Leave\n\nThirty days now.\n");
    at.sync();
    List<String> before = chunks(at);

    Outcome imported = at.run("import", file);

    assertThat(imported.exit()).isEqualTo(1);
    assertThat(imported.out()).contains("another version").contains("leave.md");
    assertThat(chunks(at)).isEqualTo(before);
  }

  @Test
  void an_export_without_vectors_is_refused() throws IOException {
    Files.writeString(file, at.run("export").out());

    Outcome refused = importIt();

    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("line 1").contains("--vectors");
    assertThat(other.index()).doesNotExist();
  }

  @Test
  void another_model_is_refused() {
    Outcome refused = other.run("import", file, "--model", "minilm");

    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("line 1").contains("embedding key").contains("minilm-l6");
    assertThat(other.index()).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 28 days, 82 days, line 1: handbook:leave.md: chunk",
    "2, '\"ordinal\":0', '\"ordinal\":1', line 2: chunk 0 of handbook:office/canteen.txt is"
        + " expected",
    "2, '\"vector\":[', '\"vector\":[9.5,', 'line 2: handbook:office/canteen.txt: the vector'",
    "2, '\"vector\":[', '\"vector\":[\"x\",', line 2: 'vector' is not a list of numbers",
    "2, '\"page\":0,', '', line 2: it has no field 'page'",
    "2, '}', '', line 2: it is not a JSON object",
    "2, '\"start\":0', '\"start\":3', line 2: handbook:office/canteen.txt: its chunks leave a gap",
    "2, '\"source\":\"handbook\"', '\"source\":\"\"', line 2: a source name",
  })
  void a_wrong_line_is_named_and_nothing_is_written(
      int line, String is, String becomes, String message) throws IOException {
    edit(line, text -> text.replaceFirst(Pattern.quote(is), becomes));

    Outcome refused = importIt();

    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains(message);
    assertThat(other.index()).doesNotExist();
  }

  @Test
  void lines_of_a_document_stand_together() throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.add(lines.getFirst());
    Files.write(file, lines);

    assertThat(importIt().err()).contains("line " + lines.size()).contains("together");
  }

  private void edit(int line, UnaryOperator<String> change) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    String before = lines.get(line - 1);
    lines.set(line - 1, change.apply(before));
    assertThat(lines.get(line - 1)).isNotEqualTo(before);
    Files.write(file, lines);
  }
}
