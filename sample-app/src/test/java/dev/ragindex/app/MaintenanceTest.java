package dev.ragindex.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.VectorStore;
import dev.ragindex.store.lucene.LuceneStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Explain, forget, compact, repair, and waiting for another writer. */
class MaintenanceTest {

  private static final String LEAVE = "# Leave\n\nEveryone has 28 days of paid leave a year.\n";

  @TempDir Path folder;
  private Workplace at;

  @BeforeEach
  void indexed_documents() throws IOException {
    at =
        Workplace.in(folder)
            .write("leave.md", LEAVE)
            .write("office/canteen.txt", "Lunch is served from a quarter to twelve.\n")
            .write("broken.pdf", "%PDF-1.7 this is no PDF");
    at.sync();
  }

  private List<JsonNode> exported() {
    return at.run("export", "--vectors").jsonLines();
  }

  @Test
  void explain_gives_every_field() {
    Outcome explain = at.run("explain", "leave.md", "--json");

    JsonNode json = explain.json();
    assertThat(explain.exit()).isZero();
    assertThat(Outcome.fields(json))
        .containsExactly(
            "source",
            "document",
            "state",
            "version",
            "fingerprints",
            "signatures",
            "problem",
            "wouldRunAgainIf");
    assertThat(json.get("state").asText()).isEqualTo("indexed");
    assertThat(Outcome.fields(json.get("fingerprints")))
        .containsExactly("bytes", "text", "metadata", "pipeline");
    assertThat(json.get("signatures").get("indexed").asText())
        .contains("recursive")
        .isEqualTo(json.get("signatures").get("configured").asText());
    assertThat(json.get("problem").isNull()).isTrue();
    assertThat(json.get("wouldRunAgainIf")).isNotEmpty();
  }

  @Test
  void explain_tells_of_a_problem_and_of_what_is_not_known() {
    JsonNode broken = at.run("explain", "broken.pdf", "--json").json();

    assertThat(broken.get("state").asText()).isEqualTo("problem");
    assertThat(Outcome.fields(broken.get("problem")))
        .containsExactly("stage", "kind", "reason", "attempts", "since");
    assertThat(broken.get("problem").get("stage").asText()).isEqualTo("parse");
    assertThat(at.run("explain", "broken.pdf").out())
        .contains("problem     [parse, content]")
        .contains("its bytes change");
    assertThat(at.run("explain", "nothing.md").out()).contains("unknown");
    assertThat(at.run("explain", "leave.md").out()).contains("indexed by");
  }

  @Test
  void with_several_sources_one_is_to_be_named() {
    at.sync("--source", "second");

    assertThat(at.run("explain", "leave.md").exit()).isEqualTo(2);
    assertThat(at.run("forget", "leave.md").err()).contains("handbook, second");
    assertThat(at.run("explain", "leave.md", "--source", "second").exit()).isZero();
  }

  @Test
  void what_is_forgotten_is_not_found_until_the_next_sync() {
    Outcome forget = at.run("forget", "leave.md");

    assertThat(forget.exit()).isZero();
    assertThat(forget.out()).contains("brings it back").contains("compact");
    assertThat(at.found("leave")).containsExactly("office/canteen.txt");
    assertThat(at.sync("--json").json().get("added").asInt()).isEqualTo(1);
    JsonNode json = at.run("forget", "leave.md", "--json").json();
    assertThat(Outcome.fields(json)).containsExactly("source", "document", "forgotten");
  }

  @Test
  void forgetting_what_is_not_known_is_refused() {
    Outcome forget = at.run("forget", "never.md", "--json");

    assertThat(forget.exit()).isEqualTo(2);
    assertThat(forget.json().get("error").asText()).contains("never.md");
  }

  @Test
  void compacting_tells_what_it_gave_back() throws IOException {
    for (int i = 0; i < 60; i++) {
      at.write("many/" + i + ".txt", "Text number " + i + " of many texts.\n");
    }
    at.sync();
    at.run("forget", "many/7.txt");

    JsonNode json = at.run("compact", "--json").json();

    assertThat(Outcome.fields(json)).containsExactly("bytesBefore", "bytesAfter");
    assertThat(json.get("bytesAfter").asLong())
        .isPositive()
        .isLessThan(json.get("bytesBefore").asLong());
    assertThat(at.run("compact").out()).contains("bytes before");
    assertThat(at.run("verify").exit()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lost", "text", "vector"})
  void repair_with_the_folder_makes_a_damaged_document_whole(String how) throws IOException {
    List<JsonNode> before = exported();
    damage(how, before.getFirst());
    Outcome found = at.run("verify", at.documents());
    assertThat(found.exit()).isEqualTo(1);
    assertThat(found.out()).contains("leave.md");

    JsonNode repaired = at.run("verify", at.documents(), "--repair", "--json").json();

    assertThat(repaired.get("repaired").asInt()).isEqualTo(1);
    assertThat(repaired.get("problems"))
        .as("what is left was not damaged")
        .allMatch(problem -> problem.get("document").asText().equals("broken.pdf"));
    assertThat(exported()).isEqualTo(before);
    assertThat(at.run("verify").exit()).isZero();
    assertThat(at.sync("--json").json().get("unchanged").asInt()).isEqualTo(2);
  }

  @Test
  void repair_without_the_folder_leaves_the_rest_to_a_sync() throws IOException {
    List<JsonNode> before = exported();
    damage("text", before.getFirst());

    Outcome repair = at.run("verify", "--repair");

    assertThat(repair.exit()).isEqualTo(1);
    assertThat(repair.out()).contains("leave.md").contains("next sync");
    assertThat(at.run("status").out()).contains("damaged in the index");
    at.sync();
    assertThat(exported()).isEqualTo(before);
    assertThat(at.run("verify").exit()).isZero();
  }

  @Test
  void repair_of_a_vector_needs_no_folder() throws IOException {
    List<JsonNode> before = exported();
    damage("vector", before.getFirst());

    Outcome repair = at.run("verify", "--repair");

    assertThat(repair.exit()).isZero();
    assertThat(repair.out()).contains("Repaired (1)").contains("1 vectors written again");
    assertThat(exported()).isEqualTo(before);
  }

  @Test
  void chunks_that_lost_their_record_go_and_the_next_sync_brings_the_document_back()
      throws IOException {
    List<JsonNode> before = exported();
    new LuceneDamage(at.index()).loseRecord(before.getFirst());
    assertThat(at.run("verify").out()).contains("has chunks, but no record");

    Outcome repair = at.run("verify", "--repair");

    assertThat(repair.exit()).isZero();
    assertThat(repair.out()).contains("1 chunks deleted that no record accounted for");
    assertThat(at.run("verify").exit()).isZero();
    assertThat(at.found("leave")).doesNotContain("leave.md");
    assertThat(at.sync("--json").json().get("added").asInt()).isEqualTo(1);
    assertThat(exported()).isEqualTo(before);
  }

  private void damage(String how, JsonNode chunk) throws IOException {
    LuceneDamage damage = new LuceneDamage(at.index());
    String text = chunk.get("text").asText();
    switch (how) {
      case "lost" -> damage.lose(chunk);
      case "text" -> damage.spoil(chunk, text.replace("28 days", "82 days"), 1);
      default -> damage.spoil(chunk, text, 3);
    }
  }

  @Test
  void a_held_index_is_busy_and_names_the_holder() {
    try (VectorStore store = LuceneStore.at(at.index());
        StoreWriter held = store.writer()) {
      for (Outcome busy : List.of(at.sync(), at.run("forget", "leave.md"), at.run("compact"))) {
        assertThat(busy.exit()).isEqualTo(3);
        assertThat(busy.err())
            .contains("process " + ProcessHandle.current().pid() + " on ")
            .contains(" since 2")
            .contains("--wait");
      }
      assertThat(at.run("explain", "leave.md").exit()).as("reading goes on").isZero();
      assertThat(at.found("leave")).isNotEmpty();
    }
  }

  @Test
  void whoever_waits_gets_his_turn() throws Exception {
    VectorStore store = LuceneStore.at(at.index());
    StoreWriter held = store.writer();
    Thread release =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    Thread.sleep(500);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  held.close();
                });

    Outcome forget = at.run("forget", "leave.md", "--wait", "1m");

    release.join();
    store.close();
    assertThat(forget.exit()).isZero();
  }

  @Test
  void a_store_that_cannot_be_opened_is_out_of_reach() throws IOException {
    Path index = Files.writeString(folder.resolve("no-folder"), "a file");

    Outcome sync = Outcome.of("sync", at.documents(), "--index", index.resolve("index"));
    Outcome status = Outcome.of("status", "--index", damagedIndex());

    assertThat(sync.exit()).isEqualTo(3);
    assertThat(sync.err()).contains("nothing was done");
    assertThat(status.exit()).isEqualTo(3);
  }

  private Path damagedIndex() throws IOException {
    Path commits = at.index().resolve("default/g1");
    try (var files = Files.list(commits)) {
      for (Path file : files.filter(one -> one.toString().contains("segments_")).toList()) {
        Files.write(file, new byte[] {1, 2, 3});
      }
    }
    return at.index();
  }
}
