package dev.ragindex.app;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.MetadataValue;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object, asked for by type. Numbers are kept as they were written until
 * someone says what they are.
 */
final class JsonFields {

  private final Map<String, Object> values;

  private JsonFields(Map<String, Object> values) {
    this.values = values;
  }

  /** A number as it was written. */
  private record Digits(String text, boolean whole) {}

  /**
   * Reads an object.
   *
   * @throws IllegalArgumentException if the parser stands before something else
   */
  static JsonFields read(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new IllegalArgumentException("it is not a JSON object");
    }
    return new JsonFields(object(json));
  }

  private static Map<String, Object> object(JsonParser json) throws IOException {
    Map<String, Object> values = new LinkedHashMap<>();
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      json.nextToken();
      if (values.put(name, value(json)) != null) {
        throw new IllegalArgumentException("it has the field '" + name + "' twice");
      }
    }
    return values;
  }

  private static Object value(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> object(json);
      case START_ARRAY -> array(json);
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT -> new Digits(json.getText(), true);
      case VALUE_NUMBER_FLOAT -> new Digits(json.getText(), false);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case null, default -> throw new IllegalArgumentException("it holds a " + json.currentToken());
    };
  }

  private static List<Object> array(JsonParser json) throws IOException {
    List<Object> values = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      values.add(value(json));
    }
    return values;
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  String text(String name) {
    return typed(name, values.get(name), String.class, "a text");
  }

  int whole(String name) {
    return Integer.parseInt(typed(name, values.get(name), Digits.class, "a number").text());
  }

  List<String> texts(String name) {
    List<?> items = typed(name, values.get(name), List.class, "a list");
    return items.stream().map(item -> typed(name, item, String.class, "a list of texts")).toList();
  }

  /** Exactly the floats that were written: not by way of doubles, which could round them. */
  float[] floats(String name) {
    if (!has(name)) {
      throw new IllegalArgumentException("it has no " + name + ": export with --vectors");
    }
    List<?> items = typed(name, values.get(name), List.class, "a list");
    float[] floats = new float[items.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] =
          Float.parseFloat(typed(name, items.get(i), Digits.class, "a list of numbers").text());
    }
    return floats;
  }

  /** Metadata as {@link MetadataJson} writes them. */
  Metadata metadata(String name) {
    Map<?, ?> entries = typed(name, values.get(name), Map.class, "an object");
    Metadata metadata = Metadata.EMPTY;
    for (Map.Entry<?, ?> entry : entries.entrySet()) {
      metadata = metadata.with(String.valueOf(entry.getKey()), value(name, entry.getValue()));
    }
    return metadata;
  }

  private static MetadataValue value(String name, @Nullable Object value) {
    return switch (value) {
      case String text -> textOrMoment(text);
      case Digits number when number.whole() ->
          new MetadataValue.Whole(Long.parseLong(number.text()));
      case Digits number -> new MetadataValue.Real(Double.parseDouble(number.text()));
      case Boolean flag -> new MetadataValue.Flag(flag);
      case List<?> items ->
          new MetadataValue.Texts(
              items.stream().map(item -> typed(name, item, String.class, "a text")).toList());
      case null, default -> throw new IllegalArgumentException("'" + name + "' holds an object");
    };
  }

  /** JSON has no instants; a text that is exactly how one is written is taken for one. */
  private static MetadataValue textOrMoment(String text) {
    try {
      Instant instant = Instant.parse(text);
      return instant.toString().equals(text)
          ? new MetadataValue.Moment(instant)
          : new MetadataValue.Text(text);
    } catch (DateTimeParseException e) {
      return new MetadataValue.Text(text);
    }
  }

  private static <T> T typed(String name, @Nullable Object value, Class<T> type, String what) {
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          value == null ? "it has no field '" + name + "'" : "'" + name + "' is not " + what);
    }
    return type.cast(value);
  }
}
