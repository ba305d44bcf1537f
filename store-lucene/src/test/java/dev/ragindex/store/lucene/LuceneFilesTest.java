package dev.ragindex.store.lucene;

import static dev.ragindex.tck.StoreData.id;
import static dev.ragindex.tck.StoreData.key;
import static dev.ragindex.tck.StoreData.put;
import static dev.ragindex.tck.StoreData.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragindex.api.IndexingException;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.SearchRequest;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.StoreBusyException;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.StoredChunk;
import dev.ragindex.api.VectorStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the contract cannot see: files, locks, formats, damage. */
class LuceneFilesTest {

  @TempDir Path folder;

  @Test
  void reading_creates_no_file() {
    try (VectorStore store = LuceneStore.at(folder.resolve("index"))) {
      store.snapshot().close();
      assertThat(store.search(SearchRequest.of("one"), vector("one"))).isEmpty();
      assertThat(store.check()).isEmpty();
      assertThat(store.info().bytes()).isZero();
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void collections_share_a_folder_and_nothing_else() {
    try (VectorStore one = LuceneStore.at(folder, "one");
        VectorStore two = LuceneStore.at(folder, "two");
        StoreWriter first = one.writer();
        StoreWriter second = two.writer()) {
      first.commit(List.of(put(id("a"), "one")));
      second.commit(List.of(put(id("b"), "two")));
      try (Snapshot snapshot = one.snapshot()) {
        assertThat(snapshot.states("docs")).extracting(state -> state.id()).containsOnly(id("a"));
      }
    }
    assertThat(folder.resolve("one/g1")).isDirectory();
    assertThat(folder.resolve("two/g1")).isDirectory();
  }

  @Test
  void folder_is_marked_so_that_no_source_lists_it() {
    try (VectorStore store = LuceneStore.at(folder, "one")) {
      store.writer().close();
      store.writer().close();
    }

    assertThat(folder.resolve("one").resolve(VectorStore.FOLDER_MARKER)).isEmptyFile();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", ".hidden", "a/b", "a\\b", "ä", "a b"})
  void other_names_of_collections_are_refused(String name) {
    assertThatThrownBy(() -> LuceneStore.at(folder, name))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void who_waits_is_told_who_writes() {
    try (VectorStore one = LuceneStore.at(folder);
        VectorStore two = LuceneStore.at(folder);
        StoreWriter writer = one.writer()) {
      assertThatThrownBy(two::writer)
          .isInstanceOf(StoreBusyException.class)
          .hasMessageContaining(folder.toString())
          .hasMessageContaining("process " + ProcessHandle.current().pid())
          .hasMessageContaining(" since 2");
      assertThat(writer.commit(List.of(put(id("a"), "one")))).isEqualTo(1);
    }
  }

  @Test
  void what_a_dead_process_left_is_taken_over() throws IOException {
    Path copy = folder.resolve("copy");
    try (VectorStore store = LuceneStore.at(folder.resolve("index"));
        StoreWriter writer = store.writer()) {
      writer.commit(List.of(put(id("a"), "one")));
      // As a killed process leaves it: the writer open, its lock files on disk.
      copy(folder.resolve("index"), copy);
    }
    assertThat(copy.resolve("default/writer.lock")).exists();
    assertThat(copy.resolve("default/writer.holder")).exists();
    try (VectorStore store = LuceneStore.at(copy);
        StoreWriter writer = store.writer()) {
      writer.commit(List.of(put(id("b"), "two")));
      assertThat(store.check()).isEmpty();
      try (Snapshot snapshot = store.snapshot()) {
        assertThat(snapshot.counts()).isEqualTo(new Snapshot.Counts(2, 2));
        assertThat(snapshot.revision()).isEqualTo(2);
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  @Test
  void a_writer_that_cannot_keep_its_merges_lets_the_next_one_in() {
    AtomicBoolean full = new AtomicBoolean();
    DirectoryOpener opener = path -> syncing(path, full);
    try (VectorStore store = LuceneStore.at(folder, "default", opener)) {
      int failures = 0;
      for (int i = 0; i < 20; i++) {
        StoreWriter writer = store.writer();
        writer.commit(List.of(put(id("a" + i), "one")));
        full.set(true);
        failures += closes(writer) ? 0 : 1;
        full.set(false);
      }
      assertThat(failures).isPositive();
      try (Snapshot snapshot = store.snapshot()) {
        assertThat(snapshot.counts()).isEqualTo(new Snapshot.Counts(20, 20));
      }
    }
  }

  @Test
  void a_writer_whose_merges_fail_closes_as_all_is_committed() {
    AtomicBoolean full = new AtomicBoolean();
    DirectoryOpener opener = path -> creating(path, full);
    try (VectorStore store = LuceneStore.at(folder, "default", opener)) {
      for (int i = 0; i < 20; i++) {
        try (StoreWriter writer = store.writer()) {
          writer.commit(List.of(put(id("a" + i), "one")));
          full.set(true);
          LockSupport.parkNanos(20_000_000); // a merge, if there is one, fails meanwhile
        }
        full.set(false);
      }
      try (Snapshot snapshot = store.snapshot()) {
        assertThat(snapshot.counts()).isEqualTo(new Snapshot.Counts(20, 20));
      }
    }
  }

  private static boolean closes(StoreWriter writer) {
    try {
      writer.close();
      return true;
    } catch (IndexingException e) {
      return false;
    }
  }

  private static Directory syncing(Path path, AtomicBoolean full) throws IOException {
    return new FilterDirectory(FSDirectory.open(path)) {
      @Override
      public void sync(Collection<String> names) throws IOException {
        if (full.get()) {
          throw new IOException("disk full");
        }
        super.sync(names);
      }
    };
  }

  private static Directory creating(Path path, AtomicBoolean full) throws IOException {
    return new FilterDirectory(FSDirectory.open(path)) {
      @Override
      public IndexOutput createOutput(String name, IOContext context) throws IOException {
        if (full.get()) {
          throw new IOException("disk full");
        }
        return super.createOutput(name, context);
      }
    };
  }

  @Test
  void a_newer_format_is_refused_and_left_alone() throws IOException {
    write("a");
    lucene(writer -> writer.setLiveCommitData(Map.of("format", "2", "revision", "9").entrySet()));
    assertRefused("newer version");
  }

  @Test
  void a_foreign_index_is_refused_and_left_alone() throws IOException {
    write("a");
    lucene(writer -> writer.setLiveCommitData(Map.of("owner", "another program").entrySet()));
    assertRefused("not one of rag-index");
  }

  private void assertRefused(String message) throws IOException {
    List<Path> before = files();
    try (VectorStore store = LuceneStore.at(folder)) {
      for (Runnable use : List.<Runnable>of(store::snapshot, store::writer, store::check)) {
        assertThatThrownBy(use::run)
            .isInstanceOf(IndexingException.class)
            .hasMessageContaining(message)
            .hasMessageContaining(folder.toString());
      }
    }
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void a_flipped_byte_is_found() throws IOException {
    write("a");
    Path file = files().stream().filter(path -> path.toString().endsWith(".cfs")).findAny().get();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      long middle = channel.size() / 2;
      channel.read(one, middle);
      channel.write(ByteBuffer.wrap(new byte[] {(byte) ~one.get(0)}), middle);
    }
    try (VectorStore store = LuceneStore.at(folder)) {
      assertThat(store.check()).isNotEmpty();
    }
  }

  @Test
  void a_record_without_its_chunk_and_a_chunk_without_its_record_are_found() throws IOException {
    write("a");
    write("b");
    lucene(writer -> writer.deleteDocuments(new Term(ChunkFields.KEY, ChunkFields.key(key("a")))));
    try (VectorStore store = LuceneStore.at(folder)) {
      assertThat(store.check())
          .anyMatch(finding -> finding.startsWith("docs:a: chunk"))
          .anyMatch(finding -> finding.contains("2 chunks, but 1"))
          .hasSize(2);
    }
    lucene(writer -> writer.deleteDocuments(RecordFields.term(id("b"))));
    try (VectorStore store = LuceneStore.at(folder)) {
      assertThat(store.check()).contains("docs:b: has chunks, but no record.");
    }
  }

  @Test
  void a_chunk_without_its_record_is_swept_and_nothing_else() throws IOException {
    write("a");
    write("b");
    lucene(writer -> writer.deleteDocuments(RecordFields.term(id("b"))));
    try (VectorStore store = LuceneStore.at(folder)) {
      assertThat(swept(store)).isOne();
      assertThat(store.check()).isEmpty();
      try (Snapshot snapshot = store.snapshot()) {
        assertThat(snapshot.revision()).isEqualTo(3);
        assertThat(snapshot.chunks(id("a"))).hasSize(1);
      }
      assertThat(swept(store)).isZero();
      try (Snapshot snapshot = store.snapshot()) {
        assertThat(snapshot.revision()).isEqualTo(3);
      }
    }
  }

  @Test
  void a_chunk_that_its_layout_does_not_name_is_swept() throws IOException {
    write("a");
    lucene(writer -> writer.addDocument(ChunkFields.document(stray("a"))));
    try (VectorStore store = LuceneStore.at(folder)) {
      assertThat(store.check()).isNotEmpty();
      assertThat(swept(store)).isOne();
      assertThat(store.check()).isEmpty();
    }
  }

  private static long swept(VectorStore store) {
    try (StoreWriter writer = store.writer()) {
      return writer.sweep();
    }
  }

  private static StoredChunk stray(String key) {
    return new StoredChunk(new UUID(1, 2), id(key), "stray", "", "", key("stray"), vector("stray"));
  }

  @Test
  void vectors_may_have_4096_floats_and_no_more() {
    try (VectorStore store = LuceneStore.at(folder);
        StoreWriter writer = store.writer()) {
      assertThatThrownBy(() -> writer.commit(List.of(wide("a", 4_097))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("4096");
      writer.commit(List.of(wide("a", 4_096)));
      assertThat(store.search(SearchRequest.of("a"), vector("a", 4_096)))
          .singleElement()
          .satisfies(hit -> assertThat(hit.score()).isGreaterThan(0.9999));
      assertThat(store.check()).isEmpty();
    }
  }

  private static Mutation wide(String text, int dimension) {
    Mutation.Put put = put(id(text), text);
    return new Mutation.Put(
        put.state(),
        put.layout(),
        List.of(put.chunks().getFirst().withVector(vector(text, dimension))));
  }

  @Test
  void a_folder_deleted_while_open_is_an_empty_store() throws IOException {
    try (VectorStore store = LuceneStore.at(folder)) {
      write("a");
      assertThat(store.search(SearchRequest.of("a"), vector("a"))).hasSize(1);
      try (Stream<Path> files = Files.walk(folder.resolve("default"))) {
        for (Path file : files.sorted((x, y) -> y.compareTo(x)).toList()) {
          Files.delete(file);
        }
      }
      assertThat(store.search(SearchRequest.of("a"), vector("a"))).isEmpty();
      write("b");
      assertThat(store.search(SearchRequest.of("b"), vector("b")))
          .singleElement()
          .satisfies(hit -> assertThat(hit.text()).isEqualTo("b"));
    }
  }

  @Test
  void a_closed_store_says_so_while_its_snapshots_live_on() {
    write("a");
    VectorStore store = LuceneStore.at(folder);
    try (Snapshot snapshot = store.snapshot()) {
      store.close();
      store.close();
      assertThat(snapshot.chunks(id("a"))).hasSize(1);
      assertThatThrownBy(store::snapshot)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("is closed");
    }
  }

  @Test
  void segments_do_not_pile_up_over_short_runs() throws IOException {
    for (int run = 0; run < 40; run++) {
      write("text " + run);
    }
    long segments = files().stream().filter(path -> path.toString().endsWith(".cfs")).count();
    assertThat(segments).isLessThan(20);
  }

  private void write(String text) {
    try (VectorStore store = LuceneStore.at(folder);
        StoreWriter writer = store.writer()) {
      writer.commit(List.of(put(id(text), text)));
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("default/g1"))) {
      return files.sorted().toList();
    }
  }

  /** Changes the index behind the store's back. */
  private void lucene(Change change) throws IOException {
    try (Directory directory = FSDirectory.open(folder.resolve("default/g1"));
        IndexWriter writer =
            new IndexWriter(directory, new IndexWriterConfig(new StandardAnalyzer()))) {
      change.make(writer);
      writer.commit();
    }
  }

  private interface Change {
    void make(IndexWriter writer) throws IOException;
  }
}
