package dev.ragindex.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a command left behind, run as the process would run it. */
record Outcome(int exit, String out, String err) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Runs a command. */
  static Outcome of(Object... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false);
    ExitCode code =
        new Cli(terminal, () -> false)
            .run(Stream.of(args).map(String::valueOf).toArray(String[]::new));
    return new Outcome(
        code.status(), out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Standard output, which has to be one JSON object and nothing else. */
  JsonNode json() {
    List<JsonNode> lines = jsonLines();
    if (lines.size() != 1) {
      throw new AssertionError("one JSON object wanted, got: " + out + err);
    }
    return lines.getFirst();
  }

  /** Standard output as JSON Lines. */
  List<JsonNode> jsonLines() {
    return out.lines().map(Outcome::parse).toList();
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException("not JSON: " + line, e);
    }
  }

  /** Names of an object's fields, in order. */
  static List<String> fields(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
