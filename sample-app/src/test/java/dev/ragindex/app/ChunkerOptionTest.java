package dev.ragindex.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways to cut, chosen by name and remembered by the index. */
class ChunkerOptionTest {

  private static final String BOOK =
      """
      # Leave

      %s

      ## Forms

      A form is a table:

      | form | for |
      |------|-----|
      | A1 | leave |
      | B2 | parental leave |

      # Canteen

      %s
      """
          .formatted(
              "Everyone has 28 days of paid leave a year, and asks for them in time. ".repeat(30),
              "Lunch is served from a quarter to twelve, and it is warm. ".repeat(30));

  @TempDir Path folder;
  private Workplace at;

  @BeforeEach
  void two_documents() throws IOException {
    at =
        Workplace.in(folder)
            .write("book.md", BOOK)
            .write("note.txt", "The house is open from seven. It closes at eight.\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fixed", "recursive", "sentence", "structure", "semantic"})
  void chunker_cuts_and_is_remembered_with_its_sizes(String name) {
    Outcome first = at.sync("--chunker", name, "--max-tokens", 60, "--overlap", 10, "--json");

    JsonNode again = at.run("sync", at.documents(), "--json").json();
    assertThat(first.exit()).isZero();
    assertThat(first.json().get("chunks").get("total").asInt()).isGreaterThan(10);
    assertThat(again.get("unchanged").asInt()).isEqualTo(2);
    assertThat(again.get("tokens").get("embedded").asInt()).isZero();
    assertThat(pipeline()).contains("> " + name + "/").contains("max=60").contains("overlap=10");
    assertThat(at.run("verify", at.documents()).exit()).isZero();
    assertThat(indexed("book.md")).contains("Everyone has 28 days", "quarter to twelve");
  }

  @Test
  void another_chunker_is_a_planned_change_that_sync_carries_out() {
    at.sync("--max-tokens", 60);
    List<JsonNode> before = chunks();

    JsonNode plan = at.run("plan", at.documents(), "--chunker", "fixed", "--json").json();
    assertThat(chunks()).as("a plan writes nothing").isEqualTo(before);
    JsonNode sync = at.run("sync", at.documents(), "--chunker", "fixed", "--json").json();
    JsonNode again = at.run("sync", at.documents(), "--json").json();

    assertThat(plan.get("updated").asInt()).isEqualTo(2);
    assertThat(plan.get("changes"))
        .allMatch(change -> change.get("reason").asText().equals("chunker changed"));
    assertThat(sync.get("updated").asInt()).isEqualTo(2);
    assertThat(sync.get("chunks").get("embedded").asInt()).isPositive();
    assertThat(again.get("unchanged").asInt()).isEqualTo(2);
    assertThat(chunks()).isNotEqualTo(before);
    assertThat(pipeline()).contains("> fixed/").contains("max=60");
  }

  @Test
  void sizes_may_change_while_the_chunker_stays() {
    at.sync("--chunker", "sentence", "--max-tokens", 60);

    JsonNode plan = at.run("plan", at.documents(), "--overlap", 10, "--json").json();
    at.run("sync", at.documents(), "--overlap", 10);

    assertThat(plan.get("changes").get(0).get("reason").asText()).isEqualTo("chunker changed");
    assertThat(pipeline()).contains("> sentence/").contains("max=60").contains("overlap=10");
  }

  @Test
  void structure_keeps_the_headers_of_tables_as_context() throws IOException {
    String rows = "| a form | for cases of its own kind |\n".repeat(60);
    at.write("table.md", "# Forms\n\n| form | what for |\n|---|---|\n" + rows);

    at.sync("--chunker", "structure", "--max-tokens", 60);

    assertThat(contexts("table.md")).anyMatch(context -> context.contains("what for"));
    at.run("sync", at.documents(), "--chunker", "recursive");
    assertThat(contexts("table.md")).noneMatch(context -> context.contains("what for"));
  }

  @Test
  void semantic_counts_what_it_embeds_to_cut() throws IOException {
    JsonNode plan = at.run("plan", at.documents(), "--model", "hashing", "--json").json();
    String[] semantic = {"--model", "hashing", "--chunker", "semantic", "--json"};

    JsonNode planned = at.run("plan", at.documents(), semantic).json();
    JsonNode sync = at.sync("--chunker", "semantic", "--max-tokens", 60, "--json").json();
    JsonNode other = otherIndex().sync("--max-tokens", 60, "--json").json();

    assertThat(planned.get("tokens").get("estimated").asLong())
        .isEqualTo(2 * plan.get("tokens").get("estimated").asLong());
    assertThat(sync.get("tokens").get("embedded").asLong())
        .isGreaterThan(other.get("tokens").get("embedded").asLong());
  }

  private Workplace otherIndex() {
    return new Workplace(at.documents(), folder.resolve("other"));
  }

  @Test
  void an_unknown_chunker_is_refused_with_the_known_ones() {
    JsonNode refused = at.sync("--chunker", "clever", "--json").json();

    assertThat(refused.get("error").asText()).contains("clever");
    assertThat(refused.get("hint").asText()).contains("recursive", "structure");
    assertThat(at.index()).doesNotExist();
  }

  private String pipeline() {
    return at.run("status", "--json").json().get("pipeline").asText();
  }

  private List<JsonNode> chunks() {
    return at.run("export").jsonLines();
  }

  private String indexed(String document) {
    return chunks().stream()
        .filter(chunk -> chunk.get("document").asText().equals(document))
        .map(chunk -> chunk.get("text").asText())
        .collect(Collectors.joining());
  }

  private List<String> contexts(String document) {
    return chunks().stream()
        .filter(chunk -> chunk.get("document").asText().equals(document))
        .map(chunk -> chunk.get("context").asText())
        .toList();
  }
}
