package dev.ragindex.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A folder of things that no parser likes: the rest is indexed, and each failure has a reason. */
@Timeout(120)
class BadInputTest {

  @TempDir Path folder;
  private Workplace at;

  @BeforeEach
  void one_good_document() throws IOException {
    at = Workplace.in(folder).write("good.md", "# Good\n\nThe elephant in this folder.\n");
  }

  @Test
  void bad_files_are_reported_and_the_rest_is_indexed() throws Exception {
    BadFiles bad = new BadFiles(at.documents());
    bad.junk("junk.bin");
    bad.encryptedPdf("secret.pdf");
    bad.zipBomb("bomb.docx");
    bad.truncatedDocx("cut.docx");
    bad.sparse("huge.txt", 200L << 20);

    Outcome run = at.sync("--json");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(reasons(run.json()))
        .containsOnlyKeys("junk.bin", "secret.pdf", "bomb.docx", "cut.docx", "huge.txt")
        .allSatisfy((file, reason) -> assertThat(reason).isNotBlank().doesNotContain("Exception"));
    assertThat(run.json().get("added").asInt()).isEqualTo(1);
    assertThat(run.json().get("quarantined").asInt()).isEqualTo(5);
    assertThat(at.found("elephant", "--mode", "keyword")).containsExactly("good.md");
    assertThat(at.run("status").out()).contains("secret.pdf  [parse]");
    assertThat(at.run("verify").exit()).as("the index is sound").isZero();
  }

  @Test
  void odd_files_are_indexed_or_reported_never_lost() throws Exception {
    BadFiles bad = new BadFiles(at.documents());
    bad.empty("empty.txt");
    bad.billionLaughs("laughs.xml");
    bad.latin1("latin1.txt", "Die Möwe über der Brücke.\n");
    bad.nestedDivs("deep.html", 100_000);
    bad.truncatedPdf("cut.pdf");
    bad.oneLine("line.txt", 2_000_000);

    JsonNode report = at.sync("--json").json();

    assertThat(report.get("listed").asInt()).isEqualTo(7);
    assertThat(report.get("added").asInt() + report.get("quarantined").asInt()).isEqualTo(7);
    assertThat(reasons(report)).hasSize(report.get("quarantined").asInt());
    assertThat(at.found("Möwe", "--mode", "keyword")).containsExactly("latin1.txt");
    assertThat(reasons(report)).doesNotContainKeys("empty.txt", "latin1.txt", "line.txt");
    assertThat(report.get("chunks").get("total").asInt())
        .as("no entity was blown up")
        .isLessThan(20_000);
  }

  @Test
  void names_no_charset_knows_stay_apart() throws Exception {
    bash("printf 'The first cafe.' > $'caf\\xe9.txt'; printf 'The second one.' > $'caf\\xea.txt'");
    bash("printf 'A broken line.' > $'new\\nline.txt'; printf 'A café.' > 'café.txt'");

    Outcome run = at.sync("--json");
    Outcome again = at.sync("--json");

    List<String> keys = new ArrayList<>();
    run.json().get("changes").forEach(change -> keys.add(change.get("document").asText()));
    assertThat(run.exit()).isZero();
    assertThat(keys)
        .containsExactlyInAnyOrder(
            "good.md", "caf%E9.txt", "caf%EA.txt", "new\nline.txt", "café.txt");
    assertThat(again.json().get("unchanged").asInt()).isEqualTo(5);
    assertThat(at.found("second", "--mode", "keyword")).containsExactly("caf%EA.txt");
    assertThat(at.run("search", "broken", "--mode", "keyword").out())
        .as("a name cannot break a line of the page")
        .contains("new\\nline.txt");
  }

  @Test
  void a_link_to_outside_is_left_out() throws IOException {
    Path outside = Files.writeString(folder.resolve("outside.txt"), "Not part of the folder.\n");
    Files.createSymbolicLink(at.documents().resolve("link.txt"), outside);
    Files.createSymbolicLink(at.documents().resolve("nowhere.txt"), folder.resolve("nothing"));

    JsonNode report = at.sync("--json").json();

    assertThat(report.get("listed").asInt()).isEqualTo(1);
    assertThat(report.get("excluded").asInt()).isEqualTo(2);
  }

  @Test
  void what_cannot_be_read_is_reported_and_kept() throws Exception {
    at.write("locked.txt", "Behind a locked door.\n").write("closed/inside.txt", "In a drawer.\n");
    at.sync();
    at.write("locked.txt", "Changed behind the door.\n");
    bash("chmod 000 locked.txt closed");

    Outcome run = new OtherProcess().run("sync", at.documents(), "--index", at.index(), "--json");
    bash("chmod 700 locked.txt closed");

    JsonNode report = run.json();
    assertThat(run.exit()).isEqualTo(1);
    assertThat(reasons(report)).containsOnlyKeys("locked.txt", "closed/");
    assertThat(report.get("uncovered").asInt()).isEqualTo(1);
    assertThat(report.get("deleted").asInt()).isZero();
    assertThat(at.found("drawer", "--mode", "keyword")).containsExactly("closed/inside.txt");
    assertThat(at.found("locked", "--mode", "keyword")).containsExactly("locked.txt");
  }

  private void bash(String script) throws Exception {
    Process bash =
        new ProcessBuilder("bash", "-c", script)
            .directory(at.documents().toFile())
            .inheritIO()
            .start();
    assertThat(bash.waitFor()).as(script).isZero();
  }

  private static Map<String, String> reasons(JsonNode report) {
    Map<String, String> reasons = new TreeMap<>();
    for (JsonNode failure : report.get("failures")) {
      reasons.put(failure.get("document").asText(), failure.get("reason").asText());
    }
    return reasons;
  }
}
