package dev.ragindex.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ragindex.app.build.SourceFiles;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The default model on the sample handbook: meaning is found, and the second run costs nothing. */
class SmallModelTest {

  @TempDir Path folder;

  @Test
  void handbook_answers_questions_in_other_words() {
    Workplace at =
        new Workplace(
            SourceFiles.repository().resolve("samples/handbook"), folder.resolve("index"));

    JsonNode first = at.run("sync", at.documents(), "--json").json();
    JsonNode second = at.run("sync", at.documents(), "--json").json();

    assertThat(first.get("added").asInt()).isEqualTo(9);
    assertThat(first.get("failures")).isEmpty();
    assertThat(second.get("tokens").get("embedded").asInt()).isZero();
    assertThat(at.found("How many days off per year?", "--top", 1))
        .containsExactly("people/leave.md");
    assertThat(at.found("where can I eat vegan food", "--mode", "hybrid", "--top", 2))
        .contains("office/canteen.html");
    assertThat(at.found("my computer was taken from the car", "--top", 1))
        .containsExactly("it/laptops.txt");
    assertThat(at.run("verify", at.documents()).exit()).isZero();
    assertThat(at.run("status", "--json").json().get("model").asText()).contains("minilm");
  }
}
