package dev.ragindex.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A folder of documents and an index beside it. */
record Workplace(Path documents, Path index) {

  /** An empty folder, with no index yet. */
  static Workplace in(Path folder) throws IOException {
    return new Workplace(
        Files.createDirectories(folder.resolve("handbook")), folder.resolve("index"));
  }

  /** Writes a document. */
  Workplace write(String key, String text) throws IOException {
    Path file = documents.resolve(key);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  /** Runs a sync with the model-free embedder. */
  Outcome sync(Object... more) {
    return run("sync", documents, "--model", "hashing", more);
  }

  /** Runs a command on this index. */
  Outcome run(String command, Object... more) {
    List<Object> args = new ArrayList<>(List.of(command));
    for (Object arg : more) {
      if (arg instanceof Object[] nested) {
        args.addAll(List.of(nested));
      } else {
        args.add(arg);
      }
    }
    args.add("--index");
    args.add(index);
    return Outcome.of(args.toArray());
  }

  /** Keys of the documents a search finds, best first. */
  List<String> found(Object... search) {
    List<String> keys = new ArrayList<>();
    for (JsonNode hit : run("search", search, "--json").json().get("hits")) {
      keys.add(hit.get("document").asText());
    }
    return keys;
  }
}
