package dev.ragindex.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.store.lucene.LuceneStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plan shows, saves, and leaves alone. */
class PlanTest {

  @TempDir Path folder;
  private Workplace at;

  @BeforeEach
  void three_indexed_documents() throws IOException {
    at =
        Workplace.in(folder)
            .write("leave.md", "# Leave\n\nEveryone has 28 days of paid leave a year.\n")
            .write("lunch.md", "# Lunch\n\nLunch is served from a quarter to twelve.\n")
            .write("rooms.md", "# Rooms\n\nRooms are booked at the front desk.\n");
    at.sync();
  }

  private void edit() throws IOException {
    at.write("leave.md", "# Leave\n\nEveryone has 30 days of paid leave a year.\n");
    at.write("news.md", "# News\n\nThere is a new coffee machine.\n");
    Files.move(at.documents().resolve("lunch.md"), at.documents().resolve("canteen.md"));
    Files.delete(at.documents().resolve("rooms.md"));
  }

  private Outcome plan(Object... more) {
    return at.run("plan", at.documents(), more);
  }

  @Test
  void page_groups_changes_with_their_reasons_and_says_what_to_type_next() throws IOException {
    edit();

    Outcome plan = plan();

    assertThat(plan.exit()).isZero();
    assertThat(plan.out().lines())
        .contains(
            "  would be   1 added, 1 updated, 1 moved, 1 deleted, 0 unchanged",
            "add 1: new",
            "update 1: bytes changed",
            "move 1: moved",
            "  canteen.md  from lunch.md",
            "delete 1: gone from the source",
            "  rooms.md")
        .anyMatch(line -> line.matches("  news\\.md  \\(about \\d+ tokens\\)"))
        .anyMatch(line -> line.matches("  tokens     about \\d+ to embed, by the sizes.*"));
    assertThat(plan.out().strip()).endsWith("--out FILE saves it for 'apply FILE'.");
  }

  @Test
  void page_of_an_exact_plan_counts_what_sync_then_reports() throws IOException {
    edit();

    JsonNode plan = plan("--exact", "--json").json();
    String page = plan("--exact").out();
    JsonNode sync = at.sync("--json").json();

    assertThat(plan.get("tokens").get("exact").asBoolean()).isTrue();
    assertThat(plan.get("tokens")).isEqualTo(sync.get("tokens"));
    assertThat(plan.get("chunks")).isEqualTo(sync.get("chunks"));
    assertThat(page)
        .contains("  chunks     2 embedded, 1 reused, 3 removed, 3 in all")
        .contains("  tokens     " + sync.get("tokens").get("embedded") + " to embed")
        .doesNotContain("about");
  }

  @Test
  void long_lists_are_shortened_with_their_counts() throws IOException {
    for (int i = 0; i < 40; i++) {
      at.write("note%02d.md".formatted(i), "Note %d.\n".formatted(i));
    }

    String page = plan().out();

    assertThat(page).contains("add 40: new", "  and 28 more: --json lists them all");
    assertThat(page).contains("note11.md").doesNotContain("note12.md");
  }

  @Test
  void withheld_deletions_are_shown_with_the_reason() throws IOException {
    for (String key : List.of("leave.md", "lunch.md", "rooms.md")) {
      Files.delete(at.documents().resolve(key));
    }

    Outcome plan = plan();

    assertThat(plan.exit()).isEqualTo(1);
    assertThat(plan.out())
        .contains("delete 3: gone from the source; WITHHELD: the source lists nothing at all")
        .contains("--allow-deletes 3");
  }

  @Test
  void ceiling_that_will_be_met_is_said() throws IOException {
    edit();

    assertThat(plan("--max-embedded-tokens", 5).out()).contains("over the ceiling of 5");
    assertThat(plan("--max-embedded-tokens", 5_000).out()).doesNotContain("ceiling");
  }

  @Test
  void nothing_to_do_is_said() {
    assertThat(plan().out()).contains("Nothing to do.");
  }

  @Test
  void plan_writes_nothing_and_works_on_a_read_only_index() throws Exception {
    edit();
    Map<String, Long> before = files(at.index());
    try (Stream<Path> all = Files.walk(at.index())) {
      for (Path path : all.toList()) {
        boolean isFolder = Files.isDirectory(path);
        Files.setPosixFilePermissions(
            path, PosixFilePermissions.fromString(isFolder ? "r-xr-xr-x" : "r--r--r--"));
      }
    }

    Outcome plan =
        new OtherProcess().run("plan", at.documents(), "--exact", "--json", "--index", at.index());

    assertThat(plan.exit()).as(plan.err()).isZero();
    assertThat(plan.json().get("added").asInt()).isEqualTo(1);
    assertThat(files(at.index())).isEqualTo(before);
    try (Stream<Path> all = Files.walk(at.index())) {
      for (Path path : all.filter(Files::isDirectory).toList()) {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
  }

  @Test
  void plan_does_not_wait_for_a_writer() throws IOException {
    edit();
    try (LuceneStore store = LuceneStore.at(at.index(), "default");
        StoreWriter writer = store.writer()) {
      assertThat(plan("--exact", "--json").json().get("added").asInt()).isEqualTo(1);
      assertThat(at.sync().exit()).as("there is a lock").isEqualTo(3);
    }
  }

  private static Map<String, Long> files(Path folder) throws IOException {
    Map<String, Long> sizes = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.filter(Files::isRegularFile).toList()) {
        sizes.put(path.toString(), Files.size(path));
      }
    }
    return sizes;
  }

  @Test
  void saved_plan_replaces_an_older_one_but_nothing_else() throws IOException {
    edit();
    Path file = folder.resolve("plan.json");
    Path foreign = Files.writeString(folder.resolve("letter.txt"), "Dear all");

    assertThat(plan("--out", file).out()).contains("rag-index apply " + file);
    assertThat(plan("--out", file).exit()).isZero();
    Outcome refused = plan("--out", foreign);
    Outcome within = plan("--out", at.documents().resolve("plan.json"));
    Outcome nowhere = plan("--out", folder.resolve("none/plan.json"));

    assertThat(List.of(refused.exit(), within.exit(), nowhere.exit())).containsOnly(2);
    assertThat(foreign).hasContent("Dear all");
    assertThat(at.documents().resolve("plan.json")).doesNotExist();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("handbook", "index", "plan.json", "letter.txt");
    }
  }

  @Test
  void plan_without_an_index_creates_only_its_file() throws IOException {
    Path file = folder.resolve("plan.json");
    Path index = folder.resolve("other");

    Outcome plan =
        Outcome.of("plan", at.documents(), "--model", "hashing", "--index", index, "--out", file);

    assertThat(plan.exit()).isZero();
    assertThat(index).doesNotExist();
    assertThat(file).exists();
  }
}
