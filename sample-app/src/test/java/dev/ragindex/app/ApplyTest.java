package dev.ragindex.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.VectorStore;
import dev.ragindex.store.lucene.LuceneStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A saved plan does what it says, later and in another process, and nothing else. */
class ApplyTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private Workplace at;
  private Path file;

  @BeforeEach
  void a_saved_plan_of_one_change_of_each_kind() throws IOException {
    at =
        Workplace.in(folder)
            .write("leave.md", "# Leave\n\nEveryone has 28 days of paid leave a year.\n")
            .write("lunch.md", "# Lunch\n\nLunch is served from a quarter to twelve.\n")
            .write("rooms.md", "# Rooms\n\nRooms are booked at the front desk.\n")
            .write("drafts/secret.md", "# Draft\n\nNot to be indexed.\n");
    file = folder.resolve("plan.json");
    at.sync("--exclude", "drafts/**", "--max-tokens", 60);
    at.write("leave.md", "# Leave\n\nEveryone has 30 days of paid leave a year.\n");
    at.write("news.md", "# News\n\nThere is a new coffee machine.\n");
    Files.move(at.documents().resolve("lunch.md"), at.documents().resolve("canteen.md"));
    Files.delete(at.documents().resolve("rooms.md"));
    at.run("plan", at.documents(), "--exclude", "drafts/**", "--exact", "--out", file);
  }

  private Outcome apply(Object... more) {
    Object[] args = new Object[more.length + 2];
    args[0] = "apply";
    args[1] = file;
    System.arraycopy(more, 0, args, 2, more.length);
    return Outcome.of(args);
  }

  @Test
  void apply_needs_nothing_but_the_file_and_does_what_it_says() throws IOException {
    JsonNode forecast = JSON.readTree(file.toFile()).at("/plan/forecast");

    JsonNode report = apply("--json").json();

    assertThat(report.get("source").asText()).isEqualTo("handbook");
    assertThat(report.get("listed").asInt()).isEqualTo(3);
    assertThat(report.get("added").asInt()).isEqualTo(1);
    assertThat(report.get("updated").asInt()).isEqualTo(1);
    assertThat(report.get("moved").asInt()).isEqualTo(1);
    assertThat(report.get("deleted").asInt()).isEqualTo(1);
    assertThat(report.get("tokens").get("embedded")).isEqualTo(forecast.at("/tokens/embedded"));
    assertThat(report.get("chunks")).isEqualTo(forecast.get("chunks"));
    JsonNode sync = at.sync("--exclude", "drafts/**", "--json").json();
    assertThat(sync.get("unchanged").asInt()).as("settings were kept").isEqualTo(3);
    assertThat(at.found("coffee", "--mode", "keyword")).containsExactly("news.md");
    assertThat(at.found("draft", "--mode", "keyword")).isEmpty();
  }

  @Test
  void document_that_changed_since_is_left_as_it_is_and_reported() throws IOException {
    at.write("leave.md", "# Leave\n\nEveryone has 31 days of paid leave a year.\n");
    at.write("rooms.md", "# Rooms\n\nRooms are booked at the front desk.\n");

    Outcome applied = apply("--json");
    String page = apply().out();

    assertThat(applied.exit()).isEqualTo(1);
    assertThat(applied.json().get("deferred").asInt()).isEqualTo(2);
    assertThat(applied.json().get("deleted").asInt()).isZero();
    assertThat(at.found("28", "--mode", "keyword")).containsExactly("leave.md");
    assertThat(at.found("desk", "--mode", "keyword")).containsExactly("rooms.md");
    assertThat(page)
        .contains("leave.md  [read] its content changed since the plan was made")
        .contains("rooms.md  [read] the source has it again");
  }

  @Test
  void apply_waits_for_a_writer_if_told_to() throws InterruptedException {
    try (VectorStore store = LuceneStore.at(at.index())) {
      StoreWriter held = store.writer();
      assertThat(apply().exit()).isEqualTo(3);
      Thread release = Thread.startVirtualThread(() -> closeSoon(held));

      assertThat(apply("--wait", "1m").exit()).isZero();

      release.join();
    }
  }

  private static void closeSoon(StoreWriter held) {
    LockSupport.parkNanos(500_000_000);
    held.close();
  }

  @Test
  void second_time_there_is_nothing_left_to_do() {
    apply();

    Outcome again = apply("--json");

    assertThat(again.exit()).isZero();
    assertThat(again.json().get("unchanged").asInt()).isEqualTo(4);
    assertThat(again.json().get("changes")).isEmpty();
  }

  @Test
  void withheld_deletions_that_were_looked_at_are_done() throws IOException {
    apply();
    for (String key : new String[] {"leave.md", "canteen.md", "news.md"}) {
      Files.delete(at.documents().resolve(key));
    }
    Files.delete(at.documents().resolve("drafts/secret.md"));
    Outcome plan = at.run("plan", at.documents(), "--out", file, "--json");

    JsonNode report = apply("--json").json();

    assertThat(plan.json().get("withheld").asInt()).isEqualTo(3);
    assertThat(report.get("deleted").asInt()).isEqualTo(3);
    assertThat(at.run("status", "--json").json().get("documents").asInt()).isZero();
  }

  @Test
  void step_that_a_person_took_out_is_not_done() throws IOException {
    ObjectNode plan = (ObjectNode) JSON.readTree(file.toFile());
    ArrayNode steps = (ArrayNode) plan.at("/plan/steps");
    for (int i = steps.size() - 1; i >= 0; i--) {
      if (steps.get(i).at("/change/kind").asText().equals("DELETE")) {
        steps.remove(i);
      }
    }
    JSON.writeValue(file.toFile(), plan);

    JsonNode report = apply("--json").json();

    assertThat(report.get("deleted").asInt()).isZero();
    assertThat(at.found("desk", "--mode", "keyword")).containsExactly("rooms.md");
  }

  @Test
  void first_index_can_be_made_by_a_plan() throws IOException {
    Path index = folder.resolve("new.index");
    Outcome.of("plan", at.documents(), "--model", "hashing", "--index", index, "--out", file);
    assertThat(index).doesNotExist();

    Outcome applied = apply("--json");

    assertThat(applied.exit()).isZero();
    assertThat(applied.json().get("added").asInt()).isEqualTo(4);
  }

  @Test
  void index_that_was_made_anew_with_another_model_is_refused() throws IOException {
    Outcome.of("plan", at.documents(), "--model", "hashing", "--index", at.index(), "--out", file);
    String text = Files.readString(file);
    Files.writeString(
        file, text.replaceAll("\"embedder\" : \"[0-9a-f]{4}", "\"embedder\" : \"0000"));

    Outcome refused = apply("--json");

    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.json().get("error").asText())
        .contains("another model")
        .contains("plan again");
  }

  @Test
  void index_that_is_gone_is_not_made_anew() {
    Path index = at.index();
    assertThat(index.toFile().renameTo(folder.resolve("elsewhere").toFile())).isTrue();

    Outcome refused = apply("--json");

    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.json().get("error").asText()).contains("revision");
    assertThat(index).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Dear all",
        "[]",
        "{}",
        "{\"format\":\"rag-index plan\",\"version\":2}",
        "{\"format\":\"rag-index plan\",\"version\":1}",
        "{\"format\":\"rag-index plan\",\"version\":1,\"plan\":null}"
      })
  void what_is_no_plan_is_refused(String text) throws IOException {
    Files.writeString(file, text);

    Outcome refused = apply("--json");

    assertThat(refused.exit()).as(refused.out()).isEqualTo(2);
    assertThat(refused.json().get("error").asText()).contains(file.toString());
    assertThat(refused.json().get("hint").asText()).contains("plan FOLDER --out FILE");
  }

  @Test
  void missing_file_is_refused() throws IOException {
    Files.delete(file);

    assertThat(apply().exit()).isEqualTo(2);
  }

  @Test
  void damaged_plan_is_refused_wherever_the_damage_is() throws IOException {
    String whole = Files.readString(file);
    JsonNode root = JSON.readTree(whole);
    for (String pointer :
        new String[] {
          "/stages",
          "/plan/basis/root",
          "/plan/basis/pipeline",
          "/plan/steps/0/change",
          "/plan/steps/0/change/document",
          "/plan/steps/0/bytes",
          "/plan/forecast/listed"
        }) {
      int slash = pointer.lastIndexOf('/');
      ObjectNode missing = root.deepCopy();
      ((ObjectNode) missing.at(pointer.substring(0, slash))).remove(pointer.substring(slash + 1));
      ObjectNode wrong = root.deepCopy();
      ((ObjectNode) wrong.at(pointer.substring(0, slash))).put(pointer.substring(slash + 1), "?");
      for (ObjectNode damaged : new ObjectNode[] {missing, wrong}) {
        Files.writeString(file, damaged.toString());
        assertThat(apply().exit()).as("%s: %s", pointer, damaged.at(pointer)).isEqualTo(2);
      }
    }
    for (int length = 0; length < whole.length() - 3; length += 331) {
      Files.writeString(file, whole.substring(0, length));
      assertThat(apply().exit()).as("cut at %d", length).isEqualTo(2);
    }
    assertThat(at.found("coffee", "--mode", "keyword")).as("nothing was written").isEmpty();
  }
}
