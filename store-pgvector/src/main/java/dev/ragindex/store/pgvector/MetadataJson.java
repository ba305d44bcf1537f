package dev.ragindex.store.pgvector;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.MetadataValue;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

  private static final JsonFactory JSON = new JsonFactory();

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
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      for (Map.Entry<String, MetadataValue> entry : values.entrySet()) {
        json.writeObjectFieldStart(entry.getKey());
        write(json, entry.getValue());
        json.writeEndObject();
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return text.toString();
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
        json.writeArrayFieldStart(TEXTS);
        for (String text : texts.values()) {
          json.writeString(text);
        }
        json.writeEndArray();
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
    SortedMap<String, MetadataValue> values = new TreeMap<>();
    try (JsonParser json = JSON.createParser(text)) {
      require(json.nextToken() == JsonToken.START_OBJECT, json);
      while (json.nextToken() != JsonToken.END_OBJECT) {
        values.put(json.currentName(), read(json));
      }
      require(json.nextToken() == null, json);
    } catch (IOException e) {
      // the cause quotes what it could not read
      throw new IllegalArgumentException("metadata is not JSON as this version writes it");
    }
    return new Metadata(values);
  }

  private static MetadataValue read(JsonParser json) throws IOException {
    require(json.nextToken() == JsonToken.START_OBJECT, json);
    require(json.nextToken() == JsonToken.FIELD_NAME, json);
    String type = json.currentName();
    JsonToken token = json.nextToken();
    require(fits(type, token), json);
    MetadataValue value =
        switch (type) {
          case TEXT -> new MetadataValue.Text(json.getText());
          case WHOLE -> new MetadataValue.Whole(json.getLongValue());
          case REAL -> new MetadataValue.Real(json.getDoubleValue());
          case FLAG -> new MetadataValue.Flag(json.getBooleanValue());
          case MOMENT -> new MetadataValue.Moment(Instant.ofEpochMilli(json.getLongValue()));
          default -> new MetadataValue.Texts(readTexts(json));
        };
    require(json.nextToken() == JsonToken.END_OBJECT, json);
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

  private static List<String> readTexts(JsonParser json) throws IOException {
    List<String> texts = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      require(json.currentToken() == JsonToken.VALUE_STRING, json);
      texts.add(json.getText());
    }
    return texts;
  }

  private static void require(boolean asWritten, JsonParser json) {
    if (!asWritten) {
      throw new IllegalArgumentException(
          "metadata is not as this version writes it, at character "
              + json.currentTokenLocation().getCharOffset());
    }
  }
}
