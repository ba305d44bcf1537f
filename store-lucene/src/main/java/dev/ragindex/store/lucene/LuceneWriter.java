package dev.ragindex.store.lucene;

import dev.ragindex.api.CheckedBatch;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.VectorStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of a collection. Each batch is one Lucene commit: deletions, additions and the
 * commit's data become visible with one new segments file, or not at all. If anything fails in
 * between, Lucene rolls back to the commit before, which closes its writer; a new one takes over
 * under the same {@link StoreLock}.
 */
final class LuceneWriter implements StoreWriter {

  private static final double BUFFER_MB = 64;
  private static final long MERGE_WAIT_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final long MERGE_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Medium medium;
  private final LastCommit commits;
  private final StoreLock lock;
  private final Directory directory;
  private final StoreThread thread;
  private @Nullable IndexWriter writer;
  private boolean closed;

  private LuceneWriter(
      Medium medium, LastCommit commits, StoreLock lock, Directory directory, StoreThread thread)
      throws IOException {
    this.medium = medium;
    this.commits = commits;
    this.lock = lock;
    this.directory = directory;
    this.thread = thread;
    this.writer = newWriter(directory);
  }

  /** Takes the lock of a collection and opens its writer; what does not exist is created. */
  static LuceneWriter open(Path collection, Medium medium, DirectoryOpener opener) {
    StoreThread thread = new StoreThread("rag-index-writer");
    try {
      return thread.call(() -> medium.read(() -> opened(collection, medium, opener, thread)));
    } catch (RuntimeException e) {
      thread.close();
      throw e;
    }
  }

  private static LuceneWriter opened(
      Path collection, Medium medium, DirectoryOpener opener, StoreThread thread)
      throws IOException {
    StoreLock lock = StoreLock.take(collection);
    LastCommit commits = new LastCommit(medium, opener);
    try {
      // Refuses what this version cannot read, before Lucene could write beside it.
      commits.open().close();
      mark(collection);
      return new LuceneWriter(medium, commits, lock, opener.open(medium.folder()), thread);
    } catch (IOException | RuntimeException e) {
      IOUtils.closeWhileHandlingException(commits::close, lock::close);
      throw e;
    }
  }

  private static void mark(Path collection) throws IOException {
    Path marker = collection.resolve(VectorStore.FOLDER_MARKER);
    if (!Files.exists(marker)) {
      Files.createFile(marker);
    }
  }

  @SuppressWarnings("resource") // the analyzer holds nothing that needs closing
  private static IndexWriter newWriter(Directory directory) throws IOException {
    IndexWriterConfig config = new IndexWriterConfig(new StandardAnalyzer());
    config.setCodec(new WideVectorsCodec());
    config.setRAMBufferSizeMB(BUFFER_MB);
    config.setMaxFullFlushMergeWaitMillis(0);
    config.setCommitOnClose(false);
    config.setMergePolicy(new TieredMergePolicy().setForceMergeDeletesPctAllowed(0));
    return new IndexWriter(directory, config);
  }

  @Override
  public long commit(List<Mutation> batch) {
    IndexWriter open = requireOpen();
    try (LuceneSnapshot before = commits.open()) {
      if (batch.isEmpty()) {
        return before.revision();
      }
      CheckedBatch checked = CheckedBatch.of(batch, before);
      requireDimension(checked.settings().dimension());
      return thread.call(() -> apply(checked, before, open));
    }
  }

  private IndexWriter requireOpen() {
    if (writer == null) {
      throw new IllegalStateException(
          "the writer of " + medium.folder() + " is closed; open a new one");
    }
    return writer;
  }

  private static void requireDimension(int dimension) {
    if (dimension > WideVectorsCodec.MAX_DIMENSION) {
      throw new IllegalArgumentException(
          "vectors have at most %d floats in Lucene, these %d"
              .formatted(WideVectorsCodec.MAX_DIMENSION, dimension));
    }
  }

  private long apply(CheckedBatch batch, LuceneSnapshot before, IndexWriter open) {
    CommitData next = before.commit().next(batch.settings());
    return write(
        open,
        () -> {
          new BatchWrite(open, before).write(batch);
          open.setLiveCommitData(next.toMap().entrySet());
          open.commit();
          return next.revision();
        });
  }

  /**
   * Rewrites the segments in which something is deleted. The commit has the same data as the one
   * before; the files of that one go with it.
   */
  void compact() {
    IndexWriter open = requireOpen();
    thread.call(
        () ->
            write(
                open,
                () -> {
                  open.forceMergeDeletes();
                  return open.commit();
                }));
  }

  @Override
  public long sweep() {
    IndexWriter open = requireOpen();
    try (LuceneSnapshot before = commits.open()) {
      return thread.call(() -> write(open, () -> sweep(before, open)));
    }
  }

  private static long sweep(LuceneSnapshot before, IndexWriter open) throws IOException {
    Strays strays = Strays.of(before);
    if (strays.count() > 0) {
      open.deleteDocuments(strays.queries());
      open.setLiveCommitData(before.commit().next(before.settings()).toMap().entrySet());
      open.commit();
    }
    return strays.count();
  }

  private <T> T write(IndexWriter open, Medium.Work<T> work) {
    try {
      return work.run();
    } catch (IOException | RuntimeException e) {
      IndexingException failure = medium.failure("writing to", e);
      rollBack(open, failure);
      throw failure;
    } catch (Error e) {
      rollBack(open, e);
      throw e;
    }
  }

  /** Goes back to the last commit, with a new writer if that is possible, else closed. */
  private void rollBack(IndexWriter failed, Throwable why) {
    writer = null;
    try {
      failed.rollback();
    } catch (IOException | RuntimeException e) {
      why.addSuppressed(e);
    }
    try {
      writer = newWriter(directory);
    } catch (IOException | RuntimeException e) {
      why.addSuppressed(e);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    IndexWriter open = writer;
    writer = null;
    thread.call(
        () ->
            medium.read(
                () -> {
                  release(open);
                  return true;
                }));
    thread.close();
  }

  private void release(@Nullable IndexWriter open) throws IOException {
    try {
      if (open != null) {
        keepMerges(open);
      }
    } catch (AlreadyClosedException e) {
      // A merge failed on the medium and took Lucene's writer along: what it would have tidied up
      // stays as the last commit left it.
    } finally {
      IOUtils.close(open, commits::close, directory, lock::close);
    }
  }

  /**
   * Commits the merges that end soon. Lucene starts them with a commit and ends them behind it; if
   * each run threw its own away, segments would pile up. All batches are committed or rolled back
   * by now, so nothing but merges is in this commit.
   */
  private void keepMerges(IndexWriter open) throws IOException {
    if (open.getConfig().getMergeScheduler() instanceof ConcurrentMergeScheduler merges) {
      long start = System.nanoTime();
      while (merges.mergeThreadCount() > 0 && System.nanoTime() - start < MERGE_WAIT_NANOS) {
        LockSupport.parkNanos(MERGE_POLL_NANOS);
      }
    }
    if (open.hasUncommittedChanges() && DirectoryReader.indexExists(directory)) {
      open.commit();
    }
  }
}
