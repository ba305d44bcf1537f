package dev.ragindex.tokens;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object whose fields are asked for by type; whatever is missing or of another type is
 * refused with its path.
 *
 * @param path where it stands in the file, empty for the whole
 * @param fields its values: {@code Map}, {@code List}, {@code String}, {@code Number}, {@code
 *     Boolean} or null
 */
record Json(String path, Map<String, @Nullable Object> fields) {

  /** The names are a vocabulary, each met once: nothing to gain from a table of known names. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .build();

  static Json read(InputStream in) {
    try (JsonParser parser = FACTORY.createParser(in)) {
      parser.nextToken();
      return object("", value(parser));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("tokenizer.json is no valid JSON", e);
    } catch (IOException e) {
      throw new UncheckedIOException("tokenizer.json cannot be read", e);
    }
  }

  Json object(String name) {
    return object(path(name), fields.get(name));
  }

  @Nullable Json objectOrNull(String name) {
    return fields.get(name) == null ? null : object(name);
  }

  List<Json> objects(String name) {
    List<Json> objects = new ArrayList<>();
    for (Object element : typed(List.class, path(name), fields.get(name))) {
      objects.add(object(path(name) + "[" + objects.size() + "]", element));
    }
    return objects;
  }

  String string(String name) {
    return typed(String.class, path(name), fields.get(name));
  }

  int integer(String name) {
    return integer(path(name), fields.get(name));
  }

  /** The one number in an array. */
  int onlyInteger(String name) {
    List<?> values = values(name, 1);
    return integer(path(name) + "[0]", values.getFirst());
  }

  /** The number in a pair of text and number. */
  int numberOfPair(String name) {
    List<?> values = values(name, 2);
    return integer(path(name) + "[1]", values.getLast());
  }

  boolean flag(String name, boolean otherwise) {
    Object value = fields.get(name);
    return value == null ? otherwise : typed(Boolean.class, path(name), value);
  }

  Map<String, Integer> integers(String name) {
    Json object = object(name);
    Map<String, Integer> integers = new LinkedHashMap<>();
    object.fields.keySet().forEach(key -> integers.put(key, object.integer(key)));
    return integers;
  }

  private List<?> values(String name, int size) {
    List<?> values = typed(List.class, path(name), fields.get(name));
    if (values.size() != size) {
      throw wrong(path(name), "an array of " + size, values);
    }
    return values;
  }

  private String path(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  @SuppressWarnings("unchecked") // maps come from value(), their keys are strings
  private static Json object(String path, @Nullable Object value) {
    return new Json(path, (Map<String, @Nullable Object>) typed(Map.class, path, value));
  }

  private static int integer(String path, @Nullable Object value) {
    return typed(Integer.class, path, value);
  }

  private static <T> T typed(Class<T> type, String path, @Nullable Object value) {
    if (!type.isInstance(value)) {
      throw wrong(path, type.getSimpleName(), value);
    }
    return type.cast(value);
  }

  private static IllegalArgumentException wrong(
      String path, String wanted, @Nullable Object found) {
    return new IllegalArgumentException(
        "tokenizer.json: \"%s\" should be %s, but is %s"
            .formatted(path, wanted, found == null ? "missing" : found));
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> map(parser);
      case START_ARRAY -> list(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case null, default -> null;
    };
  }

  private static Map<String, @Nullable Object> map(JsonParser parser) throws IOException {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      map.put(name, value(parser));
    }
    return map;
  }

  private static List<@Nullable Object> list(JsonParser parser) throws IOException {
    List<@Nullable Object> list = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      list.add(value(parser));
    }
    return list;
  }
}
