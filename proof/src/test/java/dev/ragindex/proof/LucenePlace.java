package dev.ragindex.proof;

import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.VectorStore;
import dev.ragindex.store.lucene.LuceneStore;
import dev.ragindex.store.lucene.LuceneStores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.tests.store.MockDirectoryWrapper;

/**
 * A folder with a Lucene store whose crash is as bad as a power cut may be: of every file that was
 * not synced, Lucene's own MockDirectoryWrapper deletes, cuts or overwrites what it likes.
 */
final class LucenePlace implements Place {

  private final Path folder;
  private final boolean stepByCall;
  private final Random random;
  private final Map<IndexDump, Path> seeds;
  private final Queue<Opened> opened = new ConcurrentLinkedQueue<>();

  /**
   * An empty place.
   *
   * @param folder where to put it
   * @param stepByCall whether each call of a Lucene directory is a step of a process's life
   * @param random what crashes do
   * @param seeds folders with what other places began with, to which this one adds
   */
  LucenePlace(Path folder, boolean stepByCall, Random random, Map<IndexDump, Path> seeds) {
    this.folder = folder;
    this.stepByCall = stepByCall;
    this.random = random;
    this.seeds = seeds;
  }

  /** Commits it once; other places copy the files, which costs a fraction. */
  @Override
  public void seed(IndexDump dump) {
    try {
      copy(seeds.computeIfAbsent(dump, this::committed));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path committed(IndexDump dump) {
    Path seed = folder.resolveSibling("seed" + seeds.size());
    try (VectorStore store = LuceneStore.at(seed);
        StoreWriter writer = store.writer()) {
      writer.commit(dump.toBatch());
    }
    return seed;
  }

  private void copy(Path seed) throws IOException {
    try (Stream<Path> files = Files.walk(seed)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, folder.resolve(seed.relativize(file).toString()));
      }
    }
  }

  @Override
  public VectorStore open(Lifetime life) {
    return LuceneStores.at(folder, path -> new MortalDirectory(mock(path, life), life, stepByCall));
  }

  private Directory mock(Path path, Lifetime life) throws IOException {
    MockDirectoryWrapper mock = new MockDirectoryWrapper(random, new Unsynced(path));
    mock.setCheckIndexOnClose(false);
    mock.setAssertNoUnrefencedFilesOnClose(false);
    mock.setAssertNoDeleteOpenFile(false);
    mock.setThrottling(MockDirectoryWrapper.Throttling.NEVER);
    mock.setUseSlowOpenClosers(false);
    mock.setRandomIOExceptionRate(0);
    opened.add(new Opened(mock, life));
    return mock;
  }

  @Override
  public void crash() {
    opened.stream().filter(one -> one.life().over()).forEach(Opened::crash);
    opened.removeIf(one -> one.life().over());
  }

  private record Opened(MockDirectoryWrapper directory, Lifetime life) {
    void crash() {
      try {
        directory.crash();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Spares the real disk: what is synced here is what MockDirectoryWrapper notes as synced. */
  private static final class Unsynced extends FilterDirectory {

    Unsynced(Path path) throws IOException {
      super(FSDirectory.open(path));
    }

    @Override
    public void sync(Collection<String> names) {}

    @Override
    public void syncMetaData() {}

    /** Stays open for the crash; nothing is held that needs closing. */
    @Override
    public void close() {}
  }
}
