package dev.ragindex.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, how it is told, and that nothing comes of it. */
class UsageTest {

  @TempDir Path folder;
  private Workplace at;

  @BeforeEach
  void one_document() throws IOException {
    at = Workplace.in(folder).write("leave.md", "# Leave\n\n28 days.\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sync",
        "bogus",
        "sync @ --bogus",
        "sync /does/not/exist",
        "sync @ --model bogus",
        "sync @ --model onnx:/does/not/exist",
        "sync @ --model openai:text-embedding-3-small",
        "sync @ --prices /does/not/exist",
        "sync @ --chunker bogus",
        "sync @ --max-tokens many",
        "sync @ --max-tokens 4",
        "sync @ --max-tokens 5000",
        "sync @ --overlap -1",
        "sync @ --allow-deletes -1",
        "sync @ --max-embedded-tokens -1",
        "sync @ --include [a",
        "sync @ --collection .x",
        "sync @/leave.md",
        "search",
        "search leave --top 0",
        "search leave --mode bogus",
        "search leave --where bogus",
        "search leave",
        "search leave --mode keyword",
        "status",
        "verify",
        "verify @",
        "export",
        "verify --repair",
        "explain",
        "explain leave.md",
        "forget",
        "forget leave.md",
        "compact",
        "import",
        "import no-such-file.jsonl",
        "import @",
        "import @/leave.md",
        "import @/leave.md --model bogus",
        "sync @ --wait soon",
        "sync @ --wait -5s",
        "sync @ --wait 5"
      })
  void wrong_usage_is_told_and_creates_nothing(String command) throws IOException {
    Outcome page = run(command);
    JsonNode json = run(command + " --json").json();

    assertThat(page.exit()).isEqualTo(2);
    assertThat(page.out()).isEmpty();
    assertThat(page.err()).startsWith("rag-index: ");
    assertThat(Outcome.fields(json)).containsExactly("error", "hint");
    assertThat(json.get("error").asText()).isNotBlank();
    assertThat(at.index()).doesNotExist();
    try (var documents = Files.list(at.documents())) {
      assertThat(documents).hasSize(1);
    }
  }

  @Test
  void missing_index_is_told_with_the_way_out() {
    JsonNode error = at.run("search", "leave", "--json").json();

    assertThat(error.get("error").asText()).contains("no index at").contains(at.index().toString());
    assertThat(error.get("hint").asText()).contains("sync FOLDER");
  }

  @Test
  void help_and_version_are_no_errors() {
    assertThat(Outcome.of("--help").out()).contains("sync", "search", "Exit status");
    assertThat(Outcome.of("sync", "--help").out()).contains("--allow-deletes", "10 %");
    assertThat(Outcome.of("--version").out()).startsWith("rag-index ");
    assertThat(List.of(Outcome.of("--help").exit(), Outcome.of("--version").exit()))
        .containsOnly(0);
  }

  private Outcome run(String command) {
    String[] args =
        command.isBlank()
            ? new String[0]
            : command.strip().replace("@", at.documents().toString()).split(" ");
    if (args.length == 0 || args[0].startsWith("--")) {
      return Outcome.of((Object[]) args);
    }
    Object[] rest = List.of(args).subList(1, args.length).toArray();
    return at.run(args[0], rest);
  }
}
