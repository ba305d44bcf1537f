package dev.ragindex.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder's life as the command line sees it. */
class SyncTest {

  private static final String[] FIELDS = {
    "source", "listed", "added", "updated", "patched", "moved", "unchanged", "quarantined",
    "suspect", "deferred", "deleted", "withheld", "excluded", "uncovered", "chunks", "tokens",
    "cacheHits", "price", "changes", "failures", "seconds"
  };

  @TempDir Path folder;
  private Workplace at;

  @BeforeEach
  void three_documents() throws IOException {
    at =
        Workplace.in(folder)
            .write("leave.md", "# Leave\n\nEveryone has 28 days of paid leave a year.\n")
            .write("office/canteen.txt", "Lunch is served from a quarter to twelve.\n")
            .write("it/passwords.html", "<h1>Passwords</h1><p>At least sixteen characters.</p>");
  }

  @Test
  void first_sync_indexes_everything() {
    Outcome run = at.sync("--json");

    JsonNode report = run.json();
    assertThat(run.exit()).isZero();
    assertThat(Outcome.fields(report)).containsExactly(FIELDS);
    assertThat(Outcome.fields(report.get("chunks")))
        .containsExactly("embedded", "reused", "removed", "total");
    assertThat(Outcome.fields(report.get("tokens")))
        .containsExactly("embedded", "estimated", "exact");
    assertThat(Outcome.fields(report.get("seconds")))
        .containsExactly("total", "list", "read", "parse", "chunk", "embed", "store");
    assertThat(report.get("source").asText()).isEqualTo("handbook");
    assertThat(report.get("listed").asInt()).isEqualTo(3);
    assertThat(report.get("added").asInt()).isEqualTo(3);
    assertThat(report.get("price").decimalValue()).as("it runs here").isZero();
    assertThat(report.get("chunks").get("embedded").asInt()).isEqualTo(3);
    assertThat(report.get("tokens").get("embedded").asInt()).isPositive();
    assertThat(report.get("changes")).hasSize(3);
    assertThat(report.get("changes").get(0).get("change").asText()).isEqualTo("add");
    assertThat(report.get("changes").get(0).get("reason").asText()).isEqualTo("new");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void second_sync_embeds_nothing_and_needs_no_settings() {
    at.sync();

    JsonNode again = at.run("sync", at.documents(), "--json").json();

    assertThat(again.get("unchanged").asInt()).isEqualTo(3);
    assertThat(again.get("chunks").get("embedded").asInt()).isZero();
    assertThat(again.get("tokens").get("embedded").asInt()).isZero();
    assertThat(again.get("changes")).isEmpty();
  }

  @Test
  void edited_document_is_found_by_its_new_text_only() throws IOException {
    at.sync();

    at.write("leave.md", "# Leave\n\nEveryone has thirty days of vacation.\n");
    JsonNode report = at.sync("--json").json();

    assertThat(report.get("updated").asInt()).isEqualTo(1);
    assertThat(report.get("chunks").get("embedded").asInt()).isEqualTo(1);
    assertThat(at.found("vacation", "--mode", "keyword")).containsExactly("leave.md");
    assertThat(at.found("paid", "--mode", "keyword")).isEmpty();
  }

  @Test
  void deleted_document_is_gone() throws IOException {
    at.sync();

    Files.delete(at.documents().resolve("leave.md"));
    JsonNode report = at.sync("--json").json();

    assertThat(report.get("deleted").asInt()).isEqualTo(1);
    assertThat(at.found("leave", "--mode", "keyword")).isEmpty();
    assertThat(at.found("lunch", "--mode", "keyword")).containsExactly("office/canteen.txt");
  }

  @Test
  void renamed_document_embeds_nothing() throws IOException {
    at.sync();

    Files.move(at.documents().resolve("leave.md"), at.documents().resolve("holidays.md"));
    JsonNode report = at.sync("--json").json();

    assertThat(report.get("moved").asInt()).isEqualTo(1);
    assertThat(report.get("deleted").asInt()).isZero();
    assertThat(report.get("chunks").get("embedded").asInt()).isZero();
    assertThat(report.get("changes").get(0).get("reason").asText())
        .isEqualTo("moved from leave.md");
    assertThat(at.found("leave", "--mode", "keyword")).containsExactly("holidays.md");
  }

  @Test
  void copied_document_embeds_nothing() throws IOException {
    at.sync();

    Files.copy(
        at.documents().resolve("leave.md"),
        at.documents().resolve("copy.md"),
        StandardCopyOption.COPY_ATTRIBUTES);
    JsonNode report = at.sync("--json").json();

    assertThat(report.get("added").asInt()).isEqualTo(1);
    assertThat(report.get("chunks").get("embedded").asInt()).isZero();
    assertThat(at.found("leave", "--mode", "keyword"))
        .containsExactlyInAnyOrder("leave.md", "copy.md");
  }

  @Test
  void many_deletions_at_once_are_withheld_until_allowed() throws IOException {
    for (int i = 0; i < 12; i++) {
      at.write("old/" + i + ".txt", "Minutes of meeting number " + i + ".\n");
    }
    at.sync();
    for (int i = 0; i < 12; i++) {
      Files.delete(at.documents().resolve("old/" + i + ".txt"));
    }

    Outcome guarded = at.sync();
    JsonNode withheld = at.sync("--json").json();
    Outcome allowed = at.sync("--allow-deletes", 12, "--json");

    assertThat(guarded.exit()).isEqualTo(1);
    assertThat(guarded.out()).contains("12 documents are gone").contains("--allow-deletes 12");
    assertThat(withheld.get("withheld").asInt()).isEqualTo(12);
    assertThat(withheld.get("deleted").asInt()).isZero();
    assertThat(allowed.exit()).isZero();
    assertThat(allowed.json().get("deleted").asInt()).isEqualTo(12);
  }

  @Test
  void another_folder_under_the_same_name_is_refused_unless_said() throws IOException {
    at.sync();
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere/handbook"));
    Files.writeString(elsewhere.resolve("leave.md"), "# Leave\n\nNone at all.\n");

    Outcome refused = at.run("sync", elsewhere);
    Outcome said = at.run("sync", elsewhere, "--new-root", "--json");

    assertThat(refused.exit()).isEqualTo(2);
    assertThat(said.json().get("updated").asInt()).isEqualTo(1);
  }

  @Test
  void another_model_is_refused_with_the_way_out() {
    at.sync();

    Outcome refused = at.run("sync", at.documents(), "--model", "minilm", "--json");

    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.json().get("error").asText()).contains("hashing", "minilm");
    assertThat(refused.json().get("hint").asText()).contains("--index");
  }

  @Test
  void chunk_settings_are_remembered_and_a_change_is_planned() throws IOException {
    at.write("long.txt", "One sentence of many that stand here. ".repeat(200));
    at.sync("--max-tokens", 40);

    JsonNode remembered = at.run("sync", at.documents(), "--json").json();
    JsonNode changed = at.run("plan", at.documents(), "--max-tokens", 60, "--json").json();

    assertThat(remembered.get("unchanged").asInt()).isEqualTo(4);
    assertThat(changed.get("unchanged").asInt()).isZero();
    assertThat(changed.get("changes").get(0).get("reason").asText()).isEqualTo("chunker changed");
  }

  @Test
  void globs_choose_files() {
    JsonNode report =
        at.sync("--include", "*.md", "--include", "*.txt", "--exclude", "office", "--json").json();

    assertThat(report.get("listed").asInt()).isEqualTo(1);
    assertThat(report.get("excluded").asInt()).isEqualTo(2);
  }

  @Test
  void an_index_inside_the_folder_is_never_indexed() throws IOException {
    Path inside = Files.createDirectories(at.documents().resolve("a [b] {c}"));
    Workplace nested = new Workplace(at.documents(), inside.resolve("index"));

    nested.sync();
    JsonNode again = nested.sync("--json").json();

    assertThat(again.get("listed").asInt()).isEqualTo(3);
    assertThat(again.get("unchanged").asInt()).isEqualTo(3);
    assertThat(again.get("excluded").asInt()).isEqualTo(1);
  }

  @Test
  void the_folder_itself_cannot_be_the_index() {
    Outcome refused = new Workplace(at.documents(), at.documents()).sync();

    assertThat(refused.exit()).isEqualTo(2);
    assertThat(at.documents()).isDirectoryNotContaining("glob:**segments*");
  }

  @Test
  void plan_says_what_sync_will_do_and_creates_nothing() throws IOException {
    Outcome plan = at.run("plan", at.documents(), "--model", "hashing", "--json");

    assertThat(plan.exit()).isZero();
    assertThat(Outcome.fields(plan.json())).containsExactly(FIELDS);
    assertThat(plan.json().get("added").asInt()).isEqualTo(3);
    assertThat(plan.json().get("tokens").get("estimated").asInt()).isPositive();
    assertThat(plan.json().get("tokens").get("exact").asBoolean()).isFalse();
    assertThat(at.index()).doesNotExist();

    at.sync();
    byte[] before = Files.readAllBytes(newest(at.index()));
    at.write("new.txt", "Something new.\n");
    at.run("plan", at.documents());

    assertThat(Files.readAllBytes(newest(at.index()))).isEqualTo(before);
  }

  private static Path newest(Path index) throws IOException {
    try (var files = Files.walk(index)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("segments"))
          .max(Path::compareTo)
          .orElseThrow();
    }
  }

  @Test
  void page_tells_what_happened() {
    String page = at.sync().out();

    assertThat(page)
        .contains("handbook: 3 documents")
        .contains("3 added, 0 unchanged")
        .contains("3 embedded");
  }
}
