package dev.ragindex.store.pgvector;

import static dev.ragindex.tck.StoreData.chunk;
import static dev.ragindex.tck.StoreData.id;
import static dev.ragindex.tck.StoreData.key;
import static dev.ragindex.tck.StoreData.layout;
import static dev.ragindex.tck.StoreData.put;
import static dev.ragindex.tck.StoreData.state;
import static dev.ragindex.tck.StoreData.vector;
import static dev.ragindex.tck.StoreData.withVectors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragindex.api.DocumentState;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.SearchRequest;
import dev.ragindex.api.Settings;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.StoreBusyException;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.StoredChunk;
import dev.ragindex.api.VectorStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

/** What the contract does not ask of other stores: locks, epochs, and what goes over the wire. */
@ExtendWith(ScratchPostgres.class)
class PgVectorWriterTest {

  private final String collection = UUID.randomUUID().toString();
  private final DataSource database;
  private final PGSimpleDataSource unpooled;
  private final PgVectorStore store;
  private final Sql sql;

  PgVectorWriterTest(DataSource database, PGSimpleDataSource unpooled) {
    this.database = database;
    this.unpooled = unpooled;
    this.store = at(database);
    this.sql = new Sql(database);
  }

  private PgVectorStore at(DataSource other) {
    return PgVectorStore.builder(other).collection(collection).build();
  }

  @Test
  void a_busy_store_names_its_holder() {
    unpooled.setApplicationName("nightly sync");
    try (StoreWriter holder = at(unpooled).writer()) {
      assertThatThrownBy(store::writer)
          .isInstanceOf(StoreBusyException.class)
          .hasMessageContaining(collection)
          .hasMessageContaining("process " + ProcessHandle.current().pid() + " on ")
          .hasMessageContaining(" since 2")
          .hasMessageContaining("application 'nightly sync'");
    }
    assertThat(holder()).isNull();
  }

  private String holder() {
    return sql.ask("SELECT holder FROM rag_index_collections WHERE name = '" + collection + "'");
  }

  @Test
  void collections_beside_each_other_are_written_at_the_same_time() {
    PgVectorStore other = PgVectorStore.builder(database).collection(collection + "2").build();
    try (StoreWriter writer = store.writer();
        StoreWriter another = other.writer()) {
      writer.commit(List.of(put(id("a"), "one")));
      another.commit(List.of(put(id("b"), "two")));
    }
    assertThat(ids(store)).containsExactly("a");
    assertThat(ids(other)).containsExactly("b");
  }

  @Test
  void a_killed_process_blocks_nobody() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                HoldingWriter.class.getName(),
                unpooled.getUrl(),
                unpooled.getUser(),
                unpooled.getPassword(),
                collection)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = other.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("holding");
      assertThatThrownBy(store::writer)
          .isInstanceOf(StoreBusyException.class)
          .hasMessageContaining("process " + other.pid());
    } finally {
      other.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
    try (StoreWriter writer = writerWithin(Duration.ofSeconds(10))) {
      writer.commit(List.of(put(id("of this process"), "two")));
    }
    assertThat(ids(store)).containsExactlyInAnyOrder("of the other process", "of this process");
  }

  /** The server notices within moments that a client is gone. */
  private StoreWriter writerWithin(Duration patience) throws InterruptedException {
    long start = System.nanoTime();
    while (true) {
      try {
        return store.writer();
      } catch (StoreBusyException e) {
        assertThat(System.nanoTime() - start).isLessThan(patience.toNanos());
        Thread.sleep(20);
      }
    }
  }

  @Test
  void a_paused_holder_that_comes_back_writes_nothing() {
    try (StoreWriter paused = at(unpooled).writer()) {
      paused.commit(List.of(put(id("a"), "one")));
      sql.run(
          "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory' AND"
              + " granted");
      try (StoreWriter next = store.writer()) {
        next.commit(List.of(put(id("b"), "two")));
        assertThatThrownBy(() -> paused.commit(List.of(put(id("c"), "three"))))
            .isInstanceOfSatisfying(
                IndexingException.class,
                e -> assertThat(e.kind()).isEqualTo(IndexingException.Kind.INFRASTRUCTURE));
        assertThatThrownBy(() -> paused.commit(List.of()))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("closed");
        next.commit(List.of(put(id("d"), "four")));
      }
    }
    assertThat(ids(store)).containsExactlyInAnyOrder("a", "b", "d");
  }

  /** What a pooler between, or a failover, can do: the lock is gone, the connection is not. */
  @Test
  void a_holder_without_its_lock_is_fenced_off_by_the_epoch() {
    try (StoreWriter paused = store.writer()) {
      paused.commit(List.of(put(id("a"), "one")));
      sql.run(
          "UPDATE rag_index_collections SET epoch = epoch + 1 WHERE name = '" + collection + "'");
      assertThatThrownBy(() -> paused.commit(List.of(put(id("c"), "three"))))
          .isInstanceOf(IndexingException.class)
          .hasMessageContaining("newer writer");
      assertThatThrownBy(() -> paused.commit(List.of(put(id("c"), "three"))))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("another one has taken over");
    }
    try (StoreWriter next = store.writer()) {
      next.commit(List.of(put(id("d"), "four")));
    }
    assertThat(ids(store)).containsExactlyInAnyOrder("a", "d");
  }

  @Test
  void a_commit_whose_confirmation_is_lost_counts_as_made() throws IOException {
    AtomicBoolean cutting = new AtomicBoolean();
    AtomicBoolean cut = new AtomicBoolean();
    try (Wire wire = Wire.before(unpooled)) {
      wire.onSend(bytes -> cut.compareAndSet(false, cutting.get() && holds(bytes, "COMMIT")));
      wire.onReply(
          bytes -> {
            if (cut.get() && cutting.getAndSet(false)) {
              throw new IOException("cut");
            }
          });
      try (StoreWriter writer = at(unpooled).writer()) {
        cutting.set(true);
        long revision = writer.commit(List.of(put(id("a"), "one")));
        assertThat(cut).isTrue();
        assertThat(revision).isEqualTo(1);
        assertThatThrownBy(() -> writer.commit(List.of()))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("connection is lost");
      }
      try (StoreWriter next = store.writer()) {
        assertThat(next.commit(List.of(put(id("b"), "two")))).isEqualTo(2);
      }
    }
    assertThat(ids(store)).containsExactlyInAnyOrder("a", "b");
  }

  private static boolean holds(byte[] bytes, String text) {
    return new String(bytes, StandardCharsets.ISO_8859_1).contains(text);
  }

  @Test
  void interrupts_of_a_virtual_thread_lose_nothing() throws InterruptedException {
    AtomicInteger committed = new AtomicInteger();
    Thread caller =
        Thread.ofVirtual()
            .start(
                () -> {
                  try (StoreWriter writer = store.writer()) {
                    for (int i = 0; i < 20; i++) {
                      Thread.currentThread().interrupt();
                      writer.commit(List.of(put(id("a" + i), "one", "two")));
                      committed.incrementAndGet();
                      Thread.interrupted();
                    }
                  }
                });
    caller.join();
    assertThat(committed).hasValue(20);
    assertThat(ids(store)).hasSize(20);
  }

  @Test
  void a_larger_batch_takes_no_more_statements() {
    AtomicInteger statements = new AtomicInteger();
    PgVectorStore counted = at(counting(statements));
    List<Integer> counts = new ArrayList<>();
    try (StoreWriter writer = counted.writer()) {
      writer.commit(batch(0, 500));
      for (int size : new int[] {3, 300}) {
        statements.set(0);
        writer.commit(batch(0, size));
        counts.add(statements.get());
      }
    }
    assertThat(counts.get(1)).isEqualTo(counts.get(0)).isLessThanOrEqualTo(11);
  }

  /** Puts that write, replace, copy and remove chunks, notes and removals. */
  private static List<Mutation> batch(int from, int size) {
    List<Mutation> batch = new ArrayList<>();
    for (int i = from; i < from + size; i++) {
      batch.add(put(id("put" + i), "text " + System.nanoTime() + " " + i, "same " + i));
      batch.add(withVectors(put(id("copied" + i), "kept " + i), size == 500 ? vector("x") : null));
      batch.add(new Mutation.Note(state(id("note" + i), 0)));
      batch.add(size == 500 ? put(id("go" + i), "gone " + i) : new Mutation.Remove(id("go" + i)));
    }
    return batch;
  }

  private DataSource counting(AtomicInteger statements) {
    return proxy(
        DataSource.class,
        database,
        (method, result) ->
            result instanceof Connection connection
                ? proxy(
                    Connection.class,
                    connection,
                    (name, made) -> {
                      if (Set.of("prepareStatement", "createStatement", "unwrap").contains(name)) {
                        statements.incrementAndGet();
                      }
                      return made;
                    })
                : result);
  }

  private static <T> T proxy(Class<T> type, T target, Watch watch) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              try {
                return watch.seen(method.getName(), method.invoke(target, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private interface Watch {
    Object seen(String method, Object result);
  }

  @Test
  void what_stays_is_not_written() {
    Mutation.Put before = put(id("a"), "one", "two", "three");
    commit(before, put(id("b"), "four"));
    String rows = rowVersions();
    commit(
        new Mutation.Note(state(id("b"), 1, Metadata.EMPTY.with("title", "new"))),
        new Mutation.Put(
            state(id("a"), 3), layout(before.chunks().reversed()), List.<StoredChunk>of()));
    assertThat(rowVersions()).isEqualTo(rows);
    String others = rowVersionsBut("one");
    StoredChunk edited = chunk(id("a"), "edited");
    List<StoredChunk> now = List.of(edited, before.chunks().get(1), before.chunks().get(2));
    commit(new Mutation.Put(state(id("a"), 3), layout(now), List.of(edited)));
    assertThat(rowVersionsBut("edited")).isEqualTo(others);
  }

  private String rowVersions() {
    return rowVersionsBut("");
  }

  /** Where each row lies, and which transaction wrote it. */
  private String rowVersionsBut(String text) {
    return sql.ask(
        "SELECT string_agg(ctid::text || xmin::text, ' ' ORDER BY ctid) FROM \""
            + collection
            + "_g1_chunks\" WHERE text <> '"
            + text
            + "'");
  }

  @Test
  void known_vectors_are_copied_within_the_server() throws IOException {
    int chunks = 200;
    List<StoredChunk> wide =
        IntStream.range(0, chunks)
            .mapToObj(i -> chunk(id("wide"), "text " + i).withVector(vector("text " + i, 384)))
            .toList();
    commit(new Mutation.Put(state(id("wide"), chunks), layout(wide), wide));
    List<StoredChunk> known =
        IntStream.range(0, chunks)
            .mapToObj(i -> chunk(id("moved"), "text " + i).withVector(null))
            .toList();
    AtomicLong bytes = new AtomicLong();
    try (Wire wire = Wire.before(unpooled)) {
      wire.onSend(sent -> bytes.addAndGet(sent.length));
      wire.onReply(sent -> bytes.addAndGet(sent.length));
      try (StoreWriter writer = at(unpooled).writer()) {
        bytes.set(0);
        writer.commit(
            List.of(
                new Mutation.Remove(id("wide")),
                new Mutation.Put(state(id("moved"), chunks), layout(known), known)));
      }
    }
    assertThat(bytes.get()).isBetween(1L, chunks * 384L * Float.BYTES / 2);
    try (Snapshot snapshot = store.snapshot()) {
      assertThat(snapshot.vectors(Set.of(key("text 7"))).get(key("text 7")))
          .containsExactly(vector("text 7", 384));
    }
  }

  @Test
  void what_postgres_cannot_keep_is_blamed_on_its_batch_without_quoting_it() {
    StoredChunk bad =
        new StoredChunk(
            UUID.randomUUID(), id("bad"), "secret \0 text", "", "", key("x"), vector("x"));
    Mutation.Put put = new Mutation.Put(state(id("bad"), 1), layout(List.of(bad)), List.of(bad));
    Mutation setting = new Mutation.Configure(Settings.EMPTY.withIndex(Map.of("k", "a\0secret")));
    try (StoreWriter writer = store.writer()) {
      for (Mutation mutation : List.of(put, setting)) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> writer.commit(List.of(put(id("good"), "one"), mutation)))
            .withMessageContaining("SQLSTATE 22")
            .withNoCause()
            .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
        assertThat(ids(store)).isEmpty();
      }
      writer.commit(List.of(put(id("good"), "one")));
    }
    assertThat(ids(store)).containsExactly("good");
  }

  @Test
  void a_newer_format_is_refused_by_everyone() {
    commit(put(id("a"), "one"));
    sql.run("UPDATE rag_index_collections SET format = 3 WHERE name = '" + collection + "'");
    for (Runnable use :
        List.<Runnable>of(
            store::snapshot,
            store::writer,
            store::check,
            store::info,
            () -> store.search(SearchRequest.of("one"), vector("one")))) {
      assertThatThrownBy(use::run)
          .isInstanceOf(IndexingException.class)
          .hasMessageContaining("format 3");
    }
    sql.run("UPDATE rag_index_collections SET format = 2 WHERE name = '" + collection + "'");
    assertThatCode(() -> store.writer().close()).doesNotThrowAnyException();
  }

  @Test
  void damage_is_found() {
    commit(put(id("a"), "one", "two"), put(id("b"), "three"));
    String chunks = "\"" + collection + "_g1_chunks\"";
    sql.run("DELETE FROM " + chunks + " WHERE text = 'one'");
    assertThat(store.check())
        .anyMatch(finding -> finding.startsWith("docs:a: chunk "))
        .anyMatch(
            finding ->
                finding.equals(
                    "Records name 3 chunks, the collection counts 3, but 2 are stored."));
  }

  @Test
  void chunks_without_a_record_are_swept_away() {
    commit(put(id("a"), "one", "two"), put(id("b"), "three"));
    sql.run("DELETE FROM \"" + collection + "_g1_documents\" WHERE key = 'a'");

    try (StoreWriter writer = store.writer()) {
      assertThat(writer.sweep()).isEqualTo(2);
      assertThat(writer.sweep()).isZero();
    }

    assertThat(store.check()).isEmpty();
    assertThat(store.search(SearchRequest.of("three"), vector("three"))).hasSize(1);
  }

  @Test
  void two_threads_that_fight_for_the_store_write_one_after_the_other() throws Exception {
    List<Thread> fighters = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String name = "t" + i;
      fighters.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int n = 0; n < 5; n++) {
                      commitInTurn(put(id(name + "-" + n), "one"));
                    }
                  }));
    }
    for (Thread fighter : fighters) {
      fighter.join();
    }
    assertThat(ids(store)).hasSize(15);
    try (Snapshot snapshot = store.snapshot()) {
      assertThat(snapshot.revision()).isEqualTo(15);
    }
  }

  private void commitInTurn(Mutation mutation) {
    try (StoreWriter writer = writerWithin(Duration.ofSeconds(20))) {
      writer.commit(List.of(mutation));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void commit(Mutation... batch) {
    try (StoreWriter writer = store.writer()) {
      writer.commit(List.of(batch));
    }
  }

  private static List<String> ids(VectorStore store) {
    try (Snapshot snapshot = store.snapshot()) {
      return snapshot.states("docs").map(DocumentState::id).map(id -> id.key()).toList();
    }
  }
}
