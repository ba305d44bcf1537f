package dev.ragindex.app;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.Settings;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.VectorStore;
import dev.ragindex.core.RagIndex;
import dev.ragindex.store.lucene.LuceneStore;
import dev.ragindex.store.pgvector.PgVectorStore;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which index. */
final class IndexOptions {

  private static final Path DEFAULT_FOLDER = Path.of(".rag-index");

  @Option(
      names = "--index",
      paramLabel = "DIR",
      description = "The index's folder (default: .rag-index).")
  @Nullable Path folder;

  @Option(
      names = "--pgvector",
      paramLabel = "JDBC_URL",
      description =
          "Keep the index in PostgreSQL with pgvector instead:"
              + " jdbc:postgresql://HOST:PORT/DATABASE?user=NAME. The password may be in the URL,"
              + " or in the file that PGPASSFILE names.")
  @Nullable String database;

  @Option(
      names = "--collection",
      paramLabel = "NAME",
      description = "Collection within it; collections share nothing (default: default).")
  String collection = "default";

  @Mixin WaitOptions waiting = new WaitOptions();

  /** An index that is in a folder, or in the database of a URL. */
  static IndexOptions at(String place, String collection) {
    IndexOptions options = new IndexOptions();
    options.collection = collection;
    if (PostgresUrl.is(place)) {
      options.database = place;
    } else {
      options.folder = Path.of(place);
    }
    return options;
  }

  /**
   * Opens the store; creates nothing.
   *
   * @throws Refusal if the options contradict each other
   */
  VectorStore open() {
    if (database == null) {
      return LuceneStore.at(folder(), collection);
    }
    if (folder != null) {
      throw new Refusal(
          "the index is in a folder or in a database, not in both", "give --index or --pgvector");
    }
    return PgVectorStore.builder(PostgresUrl.of(database).database())
        .collection(collection)
        .build();
  }

  /** The folder that no source takes documents from. */
  Path folder() {
    return folder == null ? DEFAULT_FOLDER : folder;
  }

  /** Where the index is: its folder, absolute, or the URL of its database without password. */
  String place() {
    return database == null
        ? folder().toAbsolutePath().normalize().toString()
        : PostgresUrl.of(database).toString();
  }

  /** An index on the store, which is enough for what needs neither model nor parser. */
  RagIndex.Builder builder() {
    return RagIndex.builder().store(new ReachedStore(open())).waitForWriter(waiting.patience);
  }

  /**
   * What the index remembers; nothing if there is no index.
   *
   * @throws Unreachable if the store cannot be opened
   */
  Settings settings() {
    return look(Snapshot::settings);
  }

  /**
   * What an index remembers that must exist.
   *
   * @throws Refusal if nothing was ever written there
   * @throws Unreachable if the store cannot be opened
   */
  Settings requireSettings() {
    return look(snapshot -> existing(snapshot).settings());
  }

  /**
   * Looks whether there is an index.
   *
   * @throws Refusal if nothing was ever written there
   * @throws Unreachable if the store cannot be opened
   */
  void requireExists() {
    look(this::existing);
  }

  /**
   * The source of a name, or the only one there is.
   *
   * @param name the name given, or null
   * @throws Refusal if there is no index, or several sources and none was named
   * @throws Unreachable if the store cannot be opened
   */
  String requireSource(@Nullable String name) {
    Set<String> sources = look(snapshot -> existing(snapshot).sources());
    if (name == null && sources.size() != 1) {
      throw new Refusal(
          "the index has %d sources: %s".formatted(sources.size(), String.join(", ", sources)),
          "name one with --source");
    }
    return name == null ? sources.iterator().next() : DocumentId.requireSourceName(name);
  }

  private Snapshot existing(Snapshot snapshot) {
    if (snapshot.revision() == 0) {
      throw new Refusal(
          "there is no index at %s, collection '%s'".formatted(place(), collection),
          "run 'rag-index sync FOLDER' first, or name --index, --pgvector or --collection");
    }
    return snapshot;
  }

  private <T> T look(Function<Snapshot, T> question) {
    try (VectorStore store = open();
        Snapshot snapshot = store.snapshot()) {
      return question.apply(snapshot);
    } catch (IndexingException e) {
      throw new Unreachable(e);
    }
  }
}
