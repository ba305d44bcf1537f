package dev.ragindex.store.pgvector;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.MetadataValue;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Metadata as JSON for a {@code jsonb} column, version 1. Each value is an object with one field
 * that names its type, so that types stay strict on the server too:
 *
 * <pre>{@code
 * {"draft":    {"flag": true},
 *  "modified": {"moment": 1700000000000},
 *  "path":     {"text": "a.md"},
 *  "score":    {"real": 0.5},
 *  "size":     {"whole": 12},
 *  "tags":     {"texts": ["a", "b"]}}
 * }</pre>
 *
 * <p>A moment is milliseconds since 1970. {@code jsonb} keeps numbers as decimals of any length: a
 * long comes back exactly, and so does a double, written with the digits that tell it from its
 * neighbours.
 */
final class MetadataJson {

  static final String TEXT = "text";
  static final String WHOLE = "whole";
  static final String REAL = "real";
  static final String FLAG = "flag";
  static final String MOMENT = "moment";
  static final String TEXTS = "texts";

  private MetadataJson() {}

  /**
   * Encodes metadata.
   *
   * @param metadata any metadata
   * @return a JSON object, keys in order
   */
  static String encode(Metadata metadata) {
    return encode(metadata.values());
  }

  /**
   * Encodes one entry.
   *
   * @param key clean text
   * @param value its value
   * @return a JSON object of one field
   */
  static String encode(String key, MetadataValue value) {
    return encode(Map.of(key, value));
  }

  private static String encode(Map<String, MetadataValue> values) {
    return JsonText.written(json -> write(json, values));
  }

  static void write(JsonGenerator json, Map<String, MetadataValue> values) throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, MetadataValue> entry : values.entrySet()) {
      json.writeObjectFieldStart(entry.getKey());
      write(json, entry.getValue());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, MetadataValue value) throws IOException {
    switch (value) {
      case MetadataValue.Text text -> json.writeStringField(TEXT, text.value());
      case MetadataValue.Whole whole -> json.writeNumberField(WHOLE, whole.value());
      case MetadataValue.Real real -> json.writeNumberField(REAL, real.value());
      case MetadataValue.Flag flag -> json.writeBooleanField(FLAG, flag.value());
      case MetadataValue.Moment moment ->
          json.writeNumberField(MOMENT, moment.value().toEpochMilli());
      case MetadataValue.Texts texts -> {
        json.writeFieldName(TEXTS);
        JsonText.write(json, texts.values());
      }
    }
  }

  /**
   * Decodes what {@link #encode(Metadata)} wrote, in whatever form {@code jsonb} gives it back.
   *
   * @param text a JSON object
   * @return the metadata
   * @throws IllegalArgumentException if it is anything else; the message names no content
   */
  static Metadata decode(String text) {
    return JsonText.read("metadata", text, MetadataJson::read);
  }

  static Metadata read(JsonParser json) throws IOException {
    JsonText.require(json.currentToken() == JsonToken.START_OBJECT, json);
    SortedMap<String, MetadataValue> values = new TreeMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      values.put(json.currentName(), readValue(json));
    }
    return new Metadata(values);
  }

  private static MetadataValue readValue(JsonParser json) throws IOException {
    JsonText.require(json.nextToken() == JsonToken.START_OBJECT, json);
    JsonText.require(json.nextToken() == JsonToken.FIELD_NAME, json);
    String type = json.currentName();
    JsonToken token = json.nextToken();
    JsonText.require(fits(type, token), json);
    MetadataValue value =
        switch (type) {
          case TEXT -> new MetadataValue.Text(json.getText());
          case WHOLE -> new MetadataValue.Whole(json.getLongValue());
          case REAL -> new MetadataValue.Real(json.getDoubleValue());
          case FLAG -> new MetadataValue.Flag(json.getBooleanValue());
          case MOMENT -> new MetadataValue.Moment(Instant.ofEpochMilli(json.getLongValue()));
          default -> new MetadataValue.Texts(JsonText.list(json, JsonText::text));
        };
    JsonText.require(json.nextToken() == JsonToken.END_OBJECT, json);
    return value;
  }

  private static boolean fits(String type, JsonToken token) {
    return switch (type) {
      case TEXT -> token == JsonToken.VALUE_STRING;
      case WHOLE, MOMENT -> token == JsonToken.VALUE_NUMBER_INT;
      case REAL -> token.isNumeric();
      case FLAG -> token.isBoolean();
      case TEXTS -> token == JsonToken.START_ARRAY;
      default -> false;
    };
  }
}
