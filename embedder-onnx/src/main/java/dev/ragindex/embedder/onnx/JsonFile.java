package dev.ragindex.embedder.onnx;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A small JSON file of settings, flattened: {@code {"prompts":{"query":"q: "}}} has the field
 * {@code prompts.query}, the second element of an array the field {@code 1}.
 *
 * @param path the file
 * @param fields numbers, strings and booleans as their text
 */
record JsonFile(Path path, Map<String, String> fields) {

  private static final JsonFactory JSON = new JsonFactory();

  /** Reads a file; one that is missing has no fields. */
  static JsonFile read(Path path) {
    Map<String, String> fields = new TreeMap<>();
    if (Files.exists(path)) {
      try (JsonParser parser = JSON.createParser(path.toFile())) {
        parser.nextToken();
        collect(parser, "", fields);
      } catch (JacksonException e) {
        throw new IllegalArgumentException(path + " is no valid JSON", e);
      } catch (IOException e) {
        throw ModelFiles.failure(path + " cannot be read", e);
      }
    }
    return new JsonFile(path, fields);
  }

  @Nullable String text(String field) {
    return fields.get(field);
  }

  boolean flag(String field) {
    return "true".equals(fields.get(field));
  }

  /** A positive number, or null if it is missing. */
  @Nullable Integer number(String field) {
    String text = fields.get(field);
    if (text == null) {
      return null;
    }
    try {
      int number = Integer.parseInt(text);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw unsupported(field, "a positive number");
  }

  /** Says which field of which file cannot be followed. */
  IllegalArgumentException unsupported(String field, String supported) {
    return new IllegalArgumentException(
        "%s: \"%s\" is %s, supported is %s".formatted(path, field, fields.get(field), supported));
  }

  private static void collect(JsonParser parser, String name, Map<String, String> fields)
      throws IOException {
    String before = name.isEmpty() ? "" : name + ".";
    switch (parser.currentToken()) {
      case START_OBJECT -> {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String field = before + parser.currentName();
          parser.nextToken();
          collect(parser, field, fields);
        }
      }
      case START_ARRAY -> {
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
          collect(parser, before + i, fields);
        }
      }
      case null -> throw new IllegalArgumentException("empty JSON");
      default -> {
        if (parser.currentToken().isScalarValue()
            && parser.currentToken() != JsonToken.VALUE_NULL) {
          fields.put(name, parser.getText());
        }
      }
    }
  }
}
