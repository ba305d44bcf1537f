package dev.ragindex.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragindex.api.IndexingException;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.VectorStore;
import dev.ragindex.proof.KillContract.Played;
import dev.ragindex.store.lucene.LuceneStore;
import dev.ragindex.store.lucene.LuceneStores;
import java.io.IOException;
import java.lang.Thread.UncaughtExceptionHandler;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.FilterIndexOutput;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Disks that fail or are full at any moment of a sync, runs that are interrupted at any moment. */
@Timeout(120)
class FailuresTest {

  private static final Played LAST = Played.SCENARIO.getLast();

  @TempDir Path folder;
  private UncaughtExceptionHandler handler;

  /** Lucene's merges report a failing disk loudly. */
  @BeforeEach
  void let_merges_fail() {
    handler = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {});
  }

  @AfterEach
  void hear_again() {
    Thread.setDefaultUncaughtExceptionHandler(handler);
  }

  @Test
  void a_disk_that_fails_at_any_call_of_a_sync_spoils_nothing() {
    int calls = 0;
    while (!comesThrough(new Disk(calls, 1))) {
      calls++;
    }
    System.out.println("a disk that fails once: " + calls + " calls of a sync");
    assertThat(calls).isGreaterThan(30);
  }

  @Test
  void a_disk_that_is_full_from_any_call_of_a_sync_on_spoils_nothing() {
    int calls = 0;
    while (!comesThrough(new Disk(calls, Integer.MAX_VALUE))) {
      calls++;
    }
    System.out.println("a disk that is full: " + calls + " calls of a sync");
    assertThat(calls).isGreaterThan(30);
  }

  /**
   * Syncs on the disk; if that fails, no document may be half there, and the next sync mends it.
   */
  private boolean comesThrough(Disk disk) {
    Path index = folder.resolve("index" + disk.left + "-" + disk.failures);
    seed(index);
    VectorStore reader = LuceneStore.at(index);
    try (Witness witness = new Witness(reader, LAST.before(), LAST.after(), LAST.step().moves())) {
      boolean failed = false;
      try {
        play(LuceneStores.at(index, path -> new FailingDirectory(FSDirectory.open(path), disk)));
      } catch (IndexingException e) {
        assertThat(e.kind()).isEqualTo(IndexingException.Kind.INFRASTRUCTURE);
        failed = true;
      }
      witness.look();
      play(LuceneStore.at(index));
      IndexDump.of(reader).assertEqualTo(LAST.after());
      assertThat(reader.check()).isEmpty();
      return !failed && !disk.hasFailed();
    }
  }

  @Test
  void a_run_interrupted_at_any_moment_spoils_nothing() throws InterruptedException {
    Random random = new Random(Soak.seed());
    int cancelled = 0;
    for (int i = 0; i < Soak.size(30, 1_000); i++) {
      Path index = folder.resolve("interrupted" + i);
      seed(index);
      VectorStore reader = LuceneStore.at(index);
      try (Witness witness =
          new Witness(reader, LAST.before(), LAST.after(), LAST.step().moves())) {
        cancelled += isCancelled(index, random.nextInt(20_000)) ? 1 : 0;
        witness.look();
        play(LuceneStore.at(index));
        IndexDump.of(reader).assertEqualTo(LAST.after());
      }
    }
    System.out.println("interrupted runs that were cancelled: " + cancelled);
  }

  private static boolean isCancelled(Path index, int micros) throws InterruptedException {
    Thread caller = Thread.currentThread();
    Thread nuisance =
        Thread.startVirtualThread(
            () -> {
              LockSupport.parkNanos(1_000L * micros);
              caller.interrupt();
            });
    try {
      play(LuceneStore.at(index));
      return false;
    } catch (CancellationException e) {
      return true;
    } finally {
      join(nuisance);
      Thread.interrupted();
    }
  }

  private static void join(Thread thread) {
    while (thread.isAlive()) {
      Thread.onSpinWait();
    }
  }

  private static void seed(Path index) {
    try (VectorStore store = LuceneStore.at(index);
        StoreWriter writer = store.writer()) {
      writer.commit(LAST.before().toBatch());
    }
  }

  private static void play(VectorStore store) {
    KillContract.call(LAST.step(), store, Lifetime.unlimited(), KillContract.AT_THE_END);
  }

  /** Works for so many calls and then fails for so many. */
  private static final class Disk {

    private final int left;
    private final int failures;
    private final AtomicInteger calls = new AtomicInteger();

    Disk(int left, int failures) {
      this.left = left;
      this.failures = failures;
    }

    void check() throws IOException {
      int call = calls.getAndIncrement();
      if (call >= left && call - left < failures) {
        throw new IOException("no space left on device");
      }
    }

    boolean hasFailed() {
      return calls.get() > left;
    }
  }

  private static final class FailingDirectory extends FilterDirectory {

    private final Disk disk;

    FailingDirectory(FSDirectory directory, Disk disk) {
      super(directory);
      this.disk = disk;
    }

    @Override
    public IndexOutput createOutput(String name, IOContext context) throws IOException {
      disk.check();
      return new FilterIndexOutput("failing", name, super.createOutput(name, context)) {
        @Override
        public void close() throws IOException {
          try {
            disk.check();
          } finally {
            super.close();
          }
        }
      };
    }

    @Override
    public void sync(Collection<String> names) throws IOException {
      disk.check();
      super.sync(names);
    }

    @Override
    public void syncMetaData() throws IOException {
      disk.check();
      super.syncMetaData();
    }

    @Override
    public void rename(String from, String to) throws IOException {
      disk.check();
      super.rename(from, to);
    }

    @Override
    public void deleteFile(String name) throws IOException {
      disk.check();
      super.deleteFile(name);
    }
  }
}
