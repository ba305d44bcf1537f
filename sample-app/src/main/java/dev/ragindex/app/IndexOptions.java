package dev.ragindex.app;

import dev.ragindex.api.Settings;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.VectorStore;
import dev.ragindex.store.lucene.LuceneStore;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which index. */
final class IndexOptions {

  @Option(
      names = "--index",
      paramLabel = "DIR",
      description = "The index's folder (default: .rag-index).")
  Path folder = Path.of(".rag-index");

  @Option(
      names = "--collection",
      paramLabel = "NAME",
      description = "Collection within it; collections share nothing (default: default).")
  String collection = "default";

  /** Opens the store; creates nothing. */
  VectorStore open() {
    return LuceneStore.at(folder, collection);
  }

  /** What the index remembers; nothing if there is no index. */
  Settings settings() {
    try (VectorStore store = open();
        Snapshot snapshot = store.snapshot()) {
      return snapshot.settings();
    }
  }

  /**
   * What an index remembers that must exist.
   *
   * @throws Refusal if nothing was ever written there
   */
  Settings requireSettings() {
    try (VectorStore store = open();
        Snapshot snapshot = store.snapshot()) {
      if (snapshot.revision() == 0) {
        throw new Refusal(
            "there is no index at " + folder, "run 'rag-index sync FOLDER' first, or name --index");
      }
      return snapshot.settings();
    }
  }
}
