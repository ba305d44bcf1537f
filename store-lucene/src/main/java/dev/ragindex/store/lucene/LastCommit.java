package dev.ragindex.store.lucene;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.MultiReader;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;

/**
 * The last commit in a folder, whoever made it. Opened when first asked for, and again when there
 * is a newer one; segments that both have are shared. Thread-safe.
 */
final class LastCommit implements AutoCloseable {

  private final Medium medium;
  private final DirectoryOpener opener;
  private final StoreThread thread = new StoreThread("rag-index-reader");
  private final Lock lock = new ReentrantLock();
  private @Nullable Directory directory;
  private @Nullable DirectoryReader reader;
  private @Nullable LuceneSnapshot snapshot;
  private @Nullable String file;
  private volatile boolean closed;

  LastCommit(Medium medium, DirectoryOpener opener) {
    this.medium = medium;
    this.opener = opener;
  }

  /** A view of the last commit, to be closed by the caller. Creates nothing. */
  LuceneSnapshot open() {
    lock.lock();
    try {
      requireOpen();
      LuceneSnapshot last = snapshot;
      if (last == null || !Objects.equals(file, newest())) {
        last = thread.call(() -> medium.read(this::reopened));
        snapshot = last;
      }
      return last.share();
    } finally {
      lock.unlock();
    }
  }

  /** Looks for damage in the files of the last commit; one sentence for each finding. */
  List<String> checkFiles() {
    requireOpen();
    return newest() == null ? List.of() : thread.call(() -> medium.read(this::checkedFiles));
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the store in " + medium.folder() + " is closed");
    }
  }

  private List<String> checkedFiles() throws IOException {
    try (Directory own = opener.open(medium.folder())) {
      return FileCheck.findings(own);
    }
  }

  /** Name of the newest commit's file; null if there is none. Touches no file channel. */
  private @Nullable String newest() {
    return Files.isDirectory(medium.folder())
        ? medium.<@Nullable String>read(
            () -> SegmentInfos.getLastCommitSegmentsFileName(FSDirectory.listAll(medium.folder())))
        : null;
  }

  private LuceneSnapshot reopened() throws IOException {
    if (newest() == null) {
      release();
      return new LuceneSnapshot(new MultiReader(), CommitData.NONE, medium);
    }
    Directory opened = directory;
    if (opened == null) {
      opened = opener.open(medium.folder());
      directory = opened;
    }
    DirectoryReader newer = reader == null ? null : DirectoryReader.openIfChanged(reader);
    if (newer == null) {
      newer = DirectoryReader.open(opened);
    }
    try {
      CommitData data =
          CommitData.of(newer.getIndexCommit().getUserData(), medium.folder().toString());
      release();
      reader = newer;
      file = newer.getIndexCommit().getSegmentsFileName();
      return new LuceneSnapshot(newer, data, medium);
    } catch (IOException e) {
      newer.close();
      throw e;
    }
  }

  private void release() {
    if (snapshot != null) {
      snapshot.close();
    }
    snapshot = null;
    reader = null;
    file = null;
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      release();
      Directory opened = directory;
      directory = null;
      if (opened != null) {
        thread.call(
            () ->
                medium.read(
                    () -> {
                      opened.close();
                      return true;
                    }));
      }
      thread.close();
    } finally {
      lock.unlock();
    }
  }
}
