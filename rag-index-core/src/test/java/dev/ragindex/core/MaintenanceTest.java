package dev.ragindex.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.SearchRequest;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.StoreBusyException;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.StoredChunk;
import dev.ragindex.core.memory.InMemoryStore;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Forgetting, compacting, and waiting for the writer. */
class MaintenanceTest {

  private final InMemoryStore store = InMemoryStore.create();
  private final MapSource source = new MapSource();
  private final RagIndex index = waiting(Duration.ZERO);

  private RagIndex waiting(Duration patience) {
    return RagIndex.builder()
        .store(store)
        .parser(new ParagraphParser(1))
        .embedder(new CountingEmbedder("counting"))
        .waitForWriter(patience)
        .build();
  }

  @BeforeEach
  void two_documents() {
    source.put("a", "One text.").put("b", "Another text.").put("bad", "! damaged");
    index.sync(source);
  }

  private static DocumentId id(String key) {
    return new DocumentId("notes", key);
  }

  @Test
  void what_is_forgotten_leaves_nothing() {
    Set<Fingerprint> keys = new HashSet<>();
    try (Snapshot before = store.snapshot()) {
      before.chunks(id("a")).forEach((StoredChunk chunk) -> keys.add(chunk.embeddingKey()));
    }

    assertThat(index.forget(id("a"))).isTrue();
    assertThat(index.forget(id("bad"))).isTrue();

    try (Snapshot after = store.snapshot()) {
      assertThat(after.state(id("a"))).isNull();
      assertThat(after.chunks(id("a"))).isEmpty();
      assertThat(after.known(keys)).isEmpty();
      assertThat(after.state(id("bad"))).isNull();
    }
    assertThat(index.search(SearchRequest.of("One text.")))
        .extracting(hit -> hit.document().key())
        .containsExactly("b");
    assertThat(index.status().quarantined()).isEmpty();
    assertThat(index.verify().findings()).isEmpty();
  }

  @Test
  void what_is_forgotten_returns_if_it_is_still_listed() {
    index.forget(id("a"));

    assertThat(index.sync(source).added()).isEqualTo(1);
  }

  @Test
  void forgetting_what_is_not_known_writes_nothing() {
    long revision = store.snapshot().revision();

    assertThat(index.forget(id("never seen"))).isFalse();

    assertThat(store.snapshot().revision()).isEqualTo(revision);
  }

  @Test
  void looking_forgetting_and_compacting_need_no_embedder() {
    RagIndex bare = RagIndex.builder().store(store).build();

    assertThat(bare.status().documents()).isEqualTo(3);
    assertThat(bare.explain(id("a")).state()).isEqualTo(Explanation.State.INDEXED);
    assertThat(bare.forget(id("a"))).isTrue();
    bare.compact();
    assertThatThrownBy(bare::verify)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("embedder");
  }

  @Test
  void without_patience_a_held_store_is_busy_at_once() {
    try (StoreWriter held = store.writer()) {
      for (Runnable write :
          List.<Runnable>of(
              () -> index.sync(source), index::compact, () -> index.forget(id("a")))) {
        assertThatThrownBy(write::run).isInstanceOf(StoreBusyException.class);
      }
    }
  }

  @Test
  void with_patience_the_writer_is_waited_for() throws InterruptedException {
    StoreWriter held = store.writer();
    Thread release =
        Thread.startVirtualThread(
            () -> {
              sleep(250);
              held.close();
            });
    long start = System.nanoTime();

    SyncReport report = waiting(Duration.ofSeconds(60)).sync(source);

    assertThat(report.unchanged()).isEqualTo(2);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(200), Duration.ofSeconds(30));
    release.join();
  }

  @Test
  void patience_ends() {
    try (StoreWriter held = store.writer()) {
      long start = System.nanoTime();
      assertThatThrownBy(() -> waiting(Duration.ofMillis(250)).compact())
          .isInstanceOf(StoreBusyException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(240));
    }
  }

  @Test
  void an_interrupt_ends_the_wait_and_nothing_is_done() throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    try (StoreWriter held = store.writer()) {
      Thread waiter =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      waiting(Duration.ofDays(1)).forget(id("a"));
                    } catch (RuntimeException e) {
                      thrown.set(e);
                    }
                  });
      sleep(150);
      waiter.interrupt();
      waiter.join();
    }
    assertThat(thrown.get())
        .isInstanceOf(CancellationException.class)
        .hasMessageContaining("waiting");
    assertThat(store.snapshot().state(id("a"))).isNotNull();
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
