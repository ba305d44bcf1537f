package dev.ragindex.store.pgvector;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.Placement;
import dev.ragindex.api.Problem;
import dev.ragindex.api.Settings;
import dev.ragindex.api.Stage;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Layouts, problems and settings as JSON for {@code jsonb} columns, version 1. Fields may come in
 * any order, since {@code jsonb} keeps none; headings and metadata that are empty are left out,
 * since a layout has a line for each chunk; fingerprints are hexadecimal.
 *
 * <pre>{@code
 * layout   [{"chunk": "8f0c…", "key": "9a31…", "start": 0, "end": 812, "page": 1,
 *            "headings": ["Leave"]}]
 * problem  {"stage": "PARSE", "kind": "CONTENT", "reason": "encrypted", "signature": "77b0…",
 *           "attempts": 1, "since": 1700000000000}
 * settings {"index": {"model": "…"}, "sources": {"docs": {"root": "…"}}}
 * }</pre>
 */
final class RecordJson {

  private RecordJson() {}

  static String encode(List<Placement> layout) {
    return JsonText.written(
        json -> {
          json.writeStartArray();
          for (Placement placement : layout) {
            write(json, placement);
          }
          json.writeEndArray();
        });
  }

  static List<Placement> layout(String text) {
    return JsonText.read("a layout", text, json -> JsonText.list(json, RecordJson::readPlacement));
  }

  static Placement placement(String text) {
    return JsonText.read("a placement", text, RecordJson::readPlacement);
  }

  private static void write(JsonGenerator json, Placement placement) throws IOException {
    json.writeStartObject();
    json.writeStringField("chunk", placement.chunk().toString());
    json.writeStringField("key", placement.embeddingKey().toString());
    json.writeNumberField("start", placement.start());
    json.writeNumberField("end", placement.end());
    json.writeNumberField("page", placement.page());
    if (!placement.headings().isEmpty()) {
      json.writeFieldName("headings");
      JsonText.write(json, placement.headings());
    }
    if (!placement.metadata().values().isEmpty()) {
      json.writeFieldName("metadata");
      MetadataJson.write(json, placement.metadata().values());
    }
    json.writeEndObject();
  }

  private static Placement readPlacement(JsonParser json) throws IOException {
    Fields scalars = new Fields();
    List<String> headings = List.of();
    Metadata metadata = Metadata.EMPTY;
    JsonText.require(json.currentToken() == JsonToken.START_OBJECT, json);
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "headings" -> headings = JsonText.list(json, JsonText::text);
        case "metadata" -> metadata = MetadataJson.read(json);
        default -> scalars.read(name, json);
      }
    }
    return new Placement(
        UUID.fromString(scalars.get("chunk")),
        Fingerprint.parse(scalars.get("key")),
        Integer.parseInt(scalars.get("start")),
        Integer.parseInt(scalars.get("end")),
        Integer.parseInt(scalars.get("page")),
        headings,
        metadata);
  }

  static String encode(Problem problem) {
    return JsonText.written(
        json -> {
          json.writeStartObject();
          json.writeStringField("stage", problem.stage().name());
          json.writeStringField("kind", problem.kind().name());
          json.writeStringField("reason", problem.reason());
          if (problem.version() != null) {
            json.writeStringField("version", problem.version());
          }
          if (problem.bytes() != null) {
            json.writeStringField("bytes", problem.bytes().toString());
          }
          json.writeStringField("signature", problem.signature().toString());
          json.writeNumberField("attempts", problem.attempts());
          json.writeNumberField("since", problem.since().toEpochMilli());
          json.writeEndObject();
        });
  }

  static Problem problem(String text) {
    Fields fields = JsonText.read("a problem", text, Fields::of);
    String bytes = fields.find("bytes");
    return new Problem(
        Stage.valueOf(fields.get("stage")),
        Problem.Kind.valueOf(fields.get("kind")),
        fields.get("reason"),
        fields.find("version"),
        bytes == null ? null : Fingerprint.parse(bytes),
        Fingerprint.parse(fields.get("signature")),
        Integer.parseInt(fields.get("attempts")),
        Instant.ofEpochMilli(Long.parseLong(fields.get("since"))));
  }

  /** Writes all settings but the dimension, which has a column of its own. */
  static String encode(Settings settings) {
    return JsonText.written(
        json -> {
          json.writeStartObject();
          json.writeFieldName("index");
          write(json, settings.index());
          json.writeObjectFieldStart("sources");
          for (Map.Entry<String, SortedMap<String, String>> source :
              settings.sources().entrySet()) {
            json.writeFieldName(source.getKey());
            write(json, source.getValue());
          }
          json.writeEndObject();
          json.writeEndObject();
        });
  }

  private static void write(JsonGenerator json, Map<String, String> texts) throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, String> entry : texts.entrySet()) {
      json.writeStringField(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
  }

  static Settings settings(int dimension, String text) {
    return JsonText.read("settings", text, json -> readSettings(dimension, json));
  }

  private static Settings readSettings(int dimension, JsonParser json) throws IOException {
    SortedMap<String, String> index = new TreeMap<>();
    SortedMap<String, SortedMap<String, String>> sources = new TreeMap<>();
    JsonText.require(json.currentToken() == JsonToken.START_OBJECT, json);
    while (json.nextToken() != JsonToken.END_OBJECT) {
      boolean ofSources = json.currentName().equals("sources");
      json.nextToken();
      if (ofSources) {
        while (json.nextToken() != JsonToken.END_OBJECT) {
          String source = json.currentName();
          json.nextToken();
          sources.put(source, readTexts(json));
        }
      } else {
        index = readTexts(json);
      }
    }
    return new Settings(dimension, index, sources);
  }

  private static SortedMap<String, String> readTexts(JsonParser json) throws IOException {
    JsonText.require(json.currentToken() == JsonToken.START_OBJECT, json);
    SortedMap<String, String> texts = new TreeMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = json.currentName();
      json.nextToken();
      texts.put(key, JsonText.text(json));
    }
    return texts;
  }

  /** Texts and numbers of an object, by name. */
  private static final class Fields {

    private final Map<String, String> values = new HashMap<>();

    static Fields of(JsonParser json) throws IOException {
      Fields fields = new Fields();
      JsonText.require(json.currentToken() == JsonToken.START_OBJECT, json);
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        fields.read(name, json);
      }
      return fields;
    }

    void read(String name, JsonParser json) throws IOException {
      JsonText.require(json.currentToken().isScalarValue(), json);
      values.put(name, json.getText());
    }

    @Nullable String find(String name) {
      return values.get(name);
    }

    String get(String name) {
      String value = values.get(name);
      if (value == null) {
        throw new IllegalArgumentException("a record lacks its field '" + name + "'");
      }
      return value;
    }
  }
}
