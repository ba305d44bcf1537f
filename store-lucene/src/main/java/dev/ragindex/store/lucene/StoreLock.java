package dev.ragindex.store.lucene;

import dev.ragindex.api.StoreBusyException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.util.IOUtils;

/**
 * The right to write to a collection. Lucene's own write lock is not enough: a rollback gives it
 * up, and it does not say who holds it. The operating system frees this one when the process dies,
 * whatever file is left behind.
 */
final class StoreLock implements AutoCloseable {

  private static final String LOCK_FILE = "writer.lock";
  private static final String HOLDER_FILE = "writer.holder";

  private final FSDirectory directory;
  private final Lock lock;
  private final Path holder;

  private StoreLock(FSDirectory directory, Lock lock, Path holder) {
    this.directory = directory;
    this.lock = lock;
    this.holder = holder;
  }

  /**
   * Takes the lock, at once or not at all.
   *
   * @throws StoreBusyException if another writer has it, in this process or another
   */
  static StoreLock take(Path folder) throws IOException {
    FSDirectory directory = FSDirectory.open(folder);
    Path holder = folder.resolve(HOLDER_FILE);
    try {
      Lock lock = directory.obtainLock(LOCK_FILE);
      StoreLock taken = new StoreLock(directory, lock, holder);
      taken.sign();
      return taken;
    } catch (LockObtainFailedException e) {
      directory.close();
      throw new StoreBusyException(
          "the index in %s is being written by %s; wait for it to end"
              .formatted(folder, read(holder)));
    }
  }

  private void sign() throws IOException {
    try {
      Files.writeString(
          holder, "process %d on %s".formatted(ProcessHandle.current().pid(), host()));
    } catch (IOException e) {
      IOUtils.closeWhileHandlingException(lock, directory);
      throw e;
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "a host without name";
    }
  }

  private static String read(Path holder) throws IOException {
    try {
      Instant since = Files.getLastModifiedTime(holder).toInstant();
      return Files.readString(holder) + " since " + since;
    } catch (NoSuchFileException e) {
      return "another writer";
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(holder);
    IOUtils.close(lock, directory);
  }
}
