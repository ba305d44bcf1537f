package dev.ragindex.store.lucene;

import dev.ragindex.api.SearchHit;
import dev.ragindex.api.SearchRequest;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.VectorStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;

/**
 * A vector store in a folder, on Apache Lucene: {@code folder/collection/g1}.
 *
 * <p>One process writes at a time, any number read, each seeing commits as they come. Nothing is
 * created before the first writer is opened. Lucene's vector arithmetic is two to three times
 * faster in a JVM started with {@code --add-modules jdk.incubator.vector}; {@link #info()} says
 * whether this one was.
 *
 * <pre>{@code
 * try (VectorStore store = LuceneStore.at(Path.of("handbook.index"))) {
 *   List<SearchHit> hits = store.search(SearchRequest.of("leave"), embedder.embedQuery("leave"));
 * }
 * }</pre>
 */
public final class LuceneStore implements VectorStore {

  private static final String DEFAULT_COLLECTION = "default";
  private static final Pattern COLLECTION = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}");

  /** Room for the next embedding model's vectors to be built beside these. */
  private static final String GENERATION = "g1";

  private final Path collection;
  private final Medium medium;
  private final DirectoryOpener opener;
  private final LastCommit commits;

  private LuceneStore(Path collection, DirectoryOpener opener) {
    this.collection = collection;
    this.medium = new Medium(collection.resolve(GENERATION));
    this.opener = opener;
    this.commits = new LastCommit(medium, opener);
  }

  /**
   * The store of a folder's only collection, named {@code default}.
   *
   * @param directory the folder; need not exist
   * @return the store; nothing is opened or created yet
   */
  public static LuceneStore at(Path directory) {
    return at(directory, DEFAULT_COLLECTION);
  }

  /**
   * The store of one of several collections in a folder.
   *
   * @param directory the folder; need not exist
   * @param collection 1 to 64 of the letters A to Z and a to z, digits, {@code . _ -}, not starting
   *     with a dot
   * @return the store; nothing is opened or created yet
   * @throws IllegalArgumentException if the collection's name breaks the rule
   */
  public static LuceneStore at(Path directory, String collection) {
    return at(directory, collection, FSDirectory::open);
  }

  static LuceneStore at(Path directory, String collection, DirectoryOpener opener) {
    if (!COLLECTION.matcher(collection).matches()) {
      throw new IllegalArgumentException(
          "a collection is 1 to 64 of A-Z a-z 0-9 . _ - and starts with no dot: '"
              + collection
              + "'");
    }
    return new LuceneStore(directory.toAbsolutePath().normalize().resolve(collection), opener);
  }

  @Override
  public Snapshot snapshot() {
    return commits.open();
  }

  @Override
  public StoreWriter writer() {
    return LuceneWriter.open(collection, medium, opener);
  }

  @Override
  public List<SearchHit> search(SearchRequest request, float @Nullable [] vector) {
    try (LuceneSnapshot snapshot = commits.open()) {
      return medium.read(() -> new LuceneSearch(snapshot, request).hits(vector));
    }
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(EnumSet.allOf(SearchRequest.Mode.class), true);
  }

  @Override
  public Info info() {
    boolean simd = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    try (LuceneSnapshot snapshot = commits.open()) {
      int format = snapshot.revision() == 0 ? 0 : CommitData.FORMAT;
      return new Info(medium.folder().toString(), format, medium.read(this::bytes), simd);
    }
  }

  private long bytes() throws IOException {
    try (Stream<Path> files = Files.list(medium.folder())) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  @Override
  public List<String> check() {
    List<String> findings = commits.checkFiles();
    if (findings.isEmpty()) {
      try (LuceneSnapshot snapshot = commits.open()) {
        return medium.read(() -> RecordCheck.findings(snapshot));
      }
    }
    return findings;
  }

  /**
   * Rewrites the segments that hold deleted chunks or records, which takes as much space again
   * while it lasts. Files that a snapshot still reads, here or in another process, have lost their
   * names by the end; the operating system frees them when that snapshot is closed.
   */
  @Override
  public void compact() {
    try (LuceneSnapshot last = commits.open()) {
      if (last.revision() == 0) {
        return;
      }
    }
    try (LuceneWriter writer = LuceneWriter.open(collection, medium, opener)) {
      writer.compact();
    }
    // Lets this store's own reader go over to the new files.
    commits.open().close();
  }

  @Override
  public void close() {
    commits.close();
  }
}
