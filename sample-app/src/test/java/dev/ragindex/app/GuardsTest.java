package dev.ragindex.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run asks about before it does it, and how the answer is given. */
class GuardsTest {

  private static final String LONG = "This sentence is one of many that say the same. ".repeat(40);

  @TempDir Path folder;
  private Workplace at;

  @BeforeEach
  void two_documents() throws IOException {
    at = Workplace.in(folder).write("long.txt", LONG).write("short.txt", "A short text.\n");
  }

  @Test
  void suspect_document_is_taken_as_it_stands_once_it_is_accepted() throws IOException {
    at.sync();
    at.write("long.txt", "Gone.\n");

    Outcome suspect = at.sync("--json");
    Outcome page = at.sync();
    Outcome accepted = at.sync("--json", "--accept", "long.txt");

    assertThat(suspect.exit()).isEqualTo(1);
    assertThat(suspect.json().get("suspect").asInt()).isEqualTo(1);
    assertThat(page.out()).contains("--accept");
    assertThat(accepted.exit()).isZero();
    assertThat(accepted.json().get("updated").asInt()).isEqualTo(1);
    assertThat(accepted.json().get("changes").get(0).get("reason").asText()).isEqualTo("requested");
  }

  @Test
  void documents_over_the_ceiling_wait_for_the_next_run() {
    Outcome none = at.sync("--json", "--max-embedded-tokens", 0);
    Outcome all = at.sync("--json", "--max-embedded-tokens", 100_000);

    assertThat(none.exit()).isEqualTo(1);
    assertThat(none.json().get("deferred").asInt()).isEqualTo(2);
    assertThat(none.json().get("tokens").get("embedded").asInt()).isZero();
    assertThat(all.exit()).isZero();
    assertThat(all.json().get("added").asInt()).isEqualTo(2);
  }

  @Test
  void damaged_document_is_tried_again_on_request() throws IOException {
    at.write("damaged.pdf", "%PDF-1.7 and nothing that belongs there");
    JsonNode first = at.sync("--json").json();
    JsonNode again = at.sync("--json", "--retry").json();

    assertThat(first.get("quarantined").asInt()).isEqualTo(1);
    assertThat(again.get("quarantined").asInt()).isEqualTo(1);
    assertThat(again.get("seconds").get("parse").asDouble()).as("parsed again").isPositive();
    assertThat(at.sync("--json").json().get("seconds").get("parse").asDouble()).isZero();
  }
}
