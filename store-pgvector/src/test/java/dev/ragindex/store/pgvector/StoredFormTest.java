package dev.ragindex.store.pgvector;

import static dev.ragindex.tck.StoreData.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.Placement;
import dev.ragindex.api.Problem;
import dev.ragindex.api.Settings;
import dev.ragindex.api.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies in tables already: changed code must still write and read it. */
class StoredFormTest {

  private static final Placement PLACEMENT =
      new Placement(
          UUID.fromString("8f0c2a51-0000-8000-8000-000000000001"),
          key("one"),
          3,
          12,
          2,
          List.of("Leave", "\"Days\" \uD83D\uDE00"),
          Metadata.EMPTY.with("language", "en"));

  private static final String PLACEMENT_JSON =
      "{\"chunk\":\"8f0c2a51-0000-8000-8000-000000000001\","
          + "\"key\":\""
          + key("one")
          + "\",\"start\":3,\"end\":12,\"page\":2,"
          + "\"headings\":[\"Leave\",\"\\\"Days\\\" \uD83D\uDE00\"],"
          + "\"metadata\":{\"language\":{\"text\":\"en\"}}}";

  @Test
  void a_documents_key_follows_from_source_and_key_alone() {
    assertThat(Tables.idOf(new DocumentId("docs", "a/b.md")))
        .isEqualTo(UUID.fromString("3bbf751f-28a3-8c2d-b13c-d31f1af77b0a"));
    assertThat(Tables.idOf(new DocumentId("docs:a", "b")))
        .isNotEqualTo(Tables.idOf(new DocumentId("docs", "a:b")));
  }

  @Test
  void layouts() {
    assertThat(RecordJson.encode(List.of(PLACEMENT))).isEqualTo("[" + PLACEMENT_JSON + "]");
    assertThat(RecordJson.layout("[" + PLACEMENT_JSON + "]")).containsExactly(PLACEMENT);
    assertThat(RecordJson.placement(PLACEMENT_JSON)).isEqualTo(PLACEMENT);
    assertThat(RecordJson.layout("[]")).isEmpty();
  }

  @Test
  void problems() {
    Problem bare =
        new Problem(
            Stage.PARSE,
            Problem.Kind.CONTENT,
            "encrypted",
            null,
            null,
            key("s"),
            1,
            Instant.ofEpochMilli(5));
    Problem full =
        new Problem(
            Stage.READ,
            Problem.Kind.READ,
            "gone",
            "v",
            key("b"),
            key("s"),
            2,
            Instant.ofEpochMilli(-5));

    assertThat(RecordJson.encode(bare))
        .isEqualTo(
            "{\"stage\":\"PARSE\",\"kind\":\"CONTENT\",\"reason\":\"encrypted\",\"signature\":\""
                + key("s")
                + "\",\"attempts\":1,\"since\":5}");
    assertThat(RecordJson.problem(RecordJson.encode(bare))).isEqualTo(bare);
    assertThat(RecordJson.problem(RecordJson.encode(full))).isEqualTo(full);
  }

  @Test
  void settings() {
    Settings settings =
        Settings.EMPTY
            .withDimension(8)
            .withIndex(Map.of("model", "mini"))
            .withSource("docs", Map.of("root", "/a"));
    String json = "{\"index\":{\"model\":\"mini\"},\"sources\":{\"docs\":{\"root\":\"/a\"}}}";

    assertThat(RecordJson.encode(settings)).isEqualTo(json);
    assertThat(RecordJson.settings(8, json)).isEqualTo(settings);
    assertThat(RecordJson.settings(0, "{}")).isEqualTo(Settings.EMPTY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[{}]", "[1]", "{}", "[", "[] []", "[{\"chunk\":{}}]"})
  void anything_else_is_refused_without_being_quoted(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> RecordJson.layout(text));
  }
}
