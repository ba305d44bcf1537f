package dev.ragindex.app;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.MetadataValue;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Metadata as a JSON object; instants as ISO 8601. */
final class MetadataJson {

  private MetadataJson() {}

  static void write(JsonGenerator json, Metadata metadata) throws IOException {
    json.writeObjectFieldStart("metadata");
    for (Map.Entry<String, MetadataValue> entry : metadata.values().entrySet()) {
      json.writeFieldName(entry.getKey());
      write(json, entry.getValue());
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, MetadataValue value) throws IOException {
    switch (value) {
      case MetadataValue.Text text -> json.writeString(text.value());
      case MetadataValue.Whole whole -> json.writeNumber(whole.value());
      case MetadataValue.Real real -> json.writeNumber(real.value());
      case MetadataValue.Flag flag -> json.writeBoolean(flag.value());
      case MetadataValue.Moment moment -> json.writeString(moment.value().toString());
      case MetadataValue.Texts texts -> {
        json.writeStartArray();
        writeAll(json, texts.values());
        json.writeEndArray();
      }
    }
  }

  /** Writes an array of texts. */
  static void texts(JsonGenerator json, String name, List<String> texts) throws IOException {
    json.writeArrayFieldStart(name);
    writeAll(json, texts);
    json.writeEndArray();
  }

  private static void writeAll(JsonGenerator json, List<String> texts) throws IOException {
    for (String text : texts) {
      json.writeString(text);
    }
  }
}
