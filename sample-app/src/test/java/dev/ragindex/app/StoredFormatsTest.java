package dev.ragindex.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An index of every format that was ever released goes on with this version: {@code
 * src/test/resources/formats} holds one of each with its documents. While the signatures of its
 * stages are those of this version, it must come out exactly as one built today: if it does not, a
 * stage's output changed and its signature did not. For a new format, add one with
 *
 * <pre>./mvnw -pl sample-app -am test -Dtest=StoredFormatsTest -Dragindex.write-format=2
 * -Dsurefire.failIfNoSpecifiedTests=false</pre>
 *
 * and never touch it again.
 */
class StoredFormatsTest {

  private static final Path FORMATS = Path.of("src/test/resources/formats");

  @TempDir Path folder;

  static List<Path> formats() throws IOException {
    String number = System.getProperty("ragindex.write-format");
    if (number != null) {
      FormatFixture.pack(FORMATS.resolve(number + ".zip"));
    }
    try (Stream<Path> zips = Files.list(FORMATS)) {
      return zips.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void an_index_of_it_is_searched_and_synced(Path format) throws IOException {
    Workplace at = FormatFixture.unpack(format, folder.resolve("old"));
    assertThat(at.run("verify").exit()).isZero();
    assertThat(at.found("lunch", "--mode", "keyword")).contains("notes/canteen.txt");
    String pipeline = at.run("status", "--json").json().get("pipeline").asText();

    JsonNode sync = sync(at);

    assertThat(sync.get("listed").asInt()).isEqualTo(10);
    assertThat(sync.get("quarantined").asInt()).isEqualTo(1);
    assertThat(at.run("verify").exit()).isZero();
    if (at.run("status", "--json").json().get("pipeline").asText().equals(pipeline)) {
      assertThat(sync.get("unchanged").asInt()).isEqualTo(9);
      assertThat(sync.get("chunks").get("embedded").asInt()).isZero();
      assertThat(at.run("export", "--vectors").out()).isEqualTo(builtToday(at));
    }
  }

  /** With the options the fixture was made with; where it stands now is another place. */
  private static JsonNode sync(Workplace at) {
    return at.sync("--max-tokens", 60, "--overlap", 8, "--new-root", "--json").json();
  }

  private String builtToday(Workplace at) {
    Workplace today = new Workplace(at.documents(), folder.resolve("today"));
    sync(today);
    return today.run("export", "--vectors").out();
  }

  @ParameterizedTest
  @MethodSource("formats")
  void one_changed_sentence_costs_a_chunk_or_two(Path format) throws IOException {
    Workplace at = FormatFixture.unpack(format, folder);
    sync(at);
    String text = Files.readString(at.documents().resolve("rules/3.md"));
    at.write("rules/3.md", text.replace("Rule 12 of 3 is", "Rule 12 of 3 is no longer"));

    JsonNode sync = sync(at);

    List<String> changed = new ArrayList<>();
    sync.get("changes").forEach(change -> changed.add(change.get("document").asText()));
    assertThat(changed).containsExactly("rules/3.md");
    assertThat(sync.get("chunks").get("embedded").asInt()).isBetween(1, 4);
  }
}
