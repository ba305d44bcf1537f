package dev.ragindex.store.pgvector;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Writes and reads the JSON of {@code jsonb} columns. */
final class JsonText {

  private static final JsonFactory JSON = new JsonFactory();

  private JsonText() {}

  /** Writes one value. */
  static String written(Part part) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      part.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return text.toString();
  }

  /**
   * Reads one value and nothing after it.
   *
   * @param what names it in errors
   * @param text JSON
   * @param reader starts at the value's first token and ends at its last
   * @throws IllegalArgumentException if the text is anything else; the message names no content
   */
  static <T> T read(String what, String text, Reader<T> reader) {
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      T value = reader.read(json);
      require(json.nextToken() == null, json);
      return value;
    } catch (IOException e) {
      // the cause quotes what it could not read
      throw new IllegalArgumentException(what + " is not JSON as this version writes it");
    }
  }

  /** Reads an array; the reader starts at each element's first token and ends at its last. */
  static <T> List<T> list(JsonParser json, Reader<T> reader) throws IOException {
    require(json.currentToken() == JsonToken.START_ARRAY, json);
    List<T> values = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      values.add(reader.read(json));
    }
    return values;
  }

  /** Reads a text. */
  static String text(JsonParser json) throws IOException {
    require(json.currentToken() == JsonToken.VALUE_STRING, json);
    return json.getText();
  }

  /** Writes an array of texts. */
  static void write(JsonGenerator json, Iterable<String> texts) throws IOException {
    json.writeStartArray();
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  static void require(boolean asWritten, JsonParser json) {
    if (!asWritten) {
      throw new IllegalArgumentException(
          "JSON is not as this version writes it, at character "
              + json.currentTokenLocation().getCharOffset());
    }
  }

  /** Writes a part. */
  interface Part {
    void write(JsonGenerator json) throws IOException;
  }

  /** Reads a part. */
  interface Reader<T> {
    T read(JsonParser json) throws IOException;
  }
}
