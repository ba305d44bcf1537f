package dev.ragindex.proof;

import dev.ragindex.api.VectorStore;
import dev.ragindex.store.lucene.LuceneStores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
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
  private final Queue<Opened> opened = new ConcurrentLinkedQueue<>();

  /**
   * An empty place.
   *
   * @param folder where to put it
   * @param stepByCall whether each call of a Lucene directory is a step of a process's life
   * @param random what crashes do
   */
  LucenePlace(Path folder, boolean stepByCall, Random random) {
    this.folder = folder;
    this.stepByCall = stepByCall;
    this.random = random;
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
