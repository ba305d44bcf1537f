package dev.ragindex.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Search, status, verify and export on one small index. */
class LookingInsideTest {

  @TempDir Path folder;
  private Workplace at;

  @BeforeEach
  void two_indexed_documents() throws IOException {
    at =
        Workplace.in(folder)
            .write("leave.md", "# Leave\n\nEveryone has 28 days of paid leave a year.\n")
            .write("office/canteen.txt", "Lunch is served from a quarter to twelve. Grüße!\n");
    at.sync();
  }

  @Test
  void search_gives_every_field_of_a_hit() {
    Outcome search = at.run("search", "paid leave", "--json");

    JsonNode hits = search.json().get("hits");
    JsonNode first = hits.get(0);
    assertThat(search.exit()).isZero();
    assertThat(hits).hasSize(2);
    assertThat(Outcome.fields(first))
        .containsExactly(
            "score",
            "source",
            "document",
            "chunk",
            "start",
            "end",
            "page",
            "headings",
            "metadata",
            "text");
    assertThat(first.get("document").asText()).isEqualTo("leave.md");
    assertThat(first.get("score").asDouble()).isGreaterThan(hits.get(1).get("score").asDouble());
    assertThat(first.get("text").asText()).contains("28 days");
    assertThat(first.get("metadata").get("extension").asText()).isEqualTo("md");
  }

  @Test
  void search_has_three_modes() {
    assertThat(at.found("twelve", "--mode", "vector", "--top", 1))
        .containsExactly("office/canteen.txt");
    assertThat(at.found("twelve", "--mode", "keyword")).containsExactly("office/canteen.txt");
    assertThat(at.found("twelve", "--mode", "hybrid", "--top", 1))
        .containsExactly("office/canteen.txt");
  }

  @Test
  void conditions_are_all_to_be_met() {
    assertThat(at.found("days", "--where", "extension=txt")).containsExactly("office/canteen.txt");
    assertThat(at.found("days", "--where", "path=leave.md")).containsExactly("leave.md");
    assertThat(at.found("days", "--where", "path=leave.md", "--where", "extension=txt")).isEmpty();
    assertThat(at.found("days", "--source", "elsewhere")).isEmpty();
  }

  @Test
  void search_page_shows_score_place_and_text() {
    String page = at.run("search", "lunch", "--top", 1).out();

    assertThat(page)
        .contains(" 1. office/canteen.txt")
        .contains("Lunch is served")
        .contains("Grüße");
  }

  @Test
  void status_says_what_is_inside() {
    JsonNode status = at.run("status", "--json").json();

    assertThat(Outcome.fields(status))
        .containsExactly(
            "documents",
            "chunks",
            "sources",
            "quarantined",
            "model",
            "dimension",
            "pipeline",
            "format",
            "bytes",
            "simd");
    assertThat(status.get("documents").asInt()).isEqualTo(2);
    assertThat(status.get("sources").get(0).asText()).isEqualTo("handbook");
    assertThat(status.get("model").asText()).isEqualTo("hashing");
    assertThat(status.get("dimension").asInt()).isEqualTo(384);
    assertThat(status.get("bytes").asLong()).isPositive();
    assertThat(status.get("simd").asBoolean()).isTrue();
    assertThat(at.run("status").out()).contains("2 in 2 chunks").contains("simd       on");
  }

  @Test
  void verify_finds_nothing_in_a_sound_index() {
    Outcome verify = at.run("verify", at.documents(), "--json");

    assertThat(verify.exit()).isZero();
    assertThat(Outcome.fields(verify.json()))
        .containsExactly("ok", "documents", "chunks", "problems", "repaired");
    assertThat(verify.json().get("ok").asBoolean()).isTrue();
  }

  @Test
  void verify_against_the_folder_finds_what_changed() throws IOException {
    at.write("leave.md", "# Leave\n\nThirty days.\n");

    Outcome verify = at.run("verify", at.documents(), "--json");

    JsonNode problem = verify.json().get("problems").get(0);
    assertThat(verify.exit()).isEqualTo(1);
    assertThat(Outcome.fields(problem)).containsExactly("source", "document", "problem");
    assertThat(problem.get("document").asText()).isEqualTo("leave.md");
    assertThat(at.run("verify").exit()).as("the index itself is sound").isZero();
  }

  @Test
  void verify_with_a_folder_uses_the_remembered_chunk_sizes() {
    at.sync("--max-tokens", 40);

    assertThat(at.run("verify", at.documents()).exit()).isZero();
  }

  @Test
  void export_gives_a_line_a_chunk() {
    Outcome export = at.run("export");

    List<JsonNode> lines = export.jsonLines();
    assertThat(export.exit()).isZero();
    assertThat(lines).hasSize(2);
    assertThat(Outcome.fields(lines.getFirst()))
        .containsExactly(
            "source",
            "document",
            "chunk",
            "ordinal",
            "start",
            "end",
            "page",
            "headings",
            "context",
            "text",
            "embeddingKey",
            "metadata");
    assertThat(lines.getFirst().get("document").asText()).isEqualTo("leave.md");
    assertThat(lines.getLast().get("text").asText()).contains("Grüße");
  }

  @Test
  void export_gives_vectors_if_asked() {
    JsonNode line = at.run("export", "--vectors").jsonLines().getFirst();

    double square = 0;
    for (JsonNode value : line.get("vector")) {
      square += value.asDouble() * value.asDouble();
    }
    assertThat(line.get("vector")).hasSize(384);
    assertThat(square).isBetween(0.999, 1.001);
  }

  @Test
  void collections_share_nothing() {
    assertThat(at.run("status", "--collection", "other").exit()).isEqualTo(2);
  }
}
