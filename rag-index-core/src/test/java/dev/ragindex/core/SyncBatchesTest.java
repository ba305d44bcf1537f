package dev.ragindex.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragindex.api.IndexingException;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.Stage;
import dev.ragindex.core.chunk.ChunkLimits;
import dev.ragindex.core.chunk.Chunkers;
import dev.ragindex.core.memory.InMemoryStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a run's outcomes reach the store, and what happens if it objects. */
class SyncBatchesTest {

  private final PickyStore store = new PickyStore(InMemoryStore.create());
  private final CountingEmbedder embedder = new CountingEmbedder("counting");
  private final MapSource source = new MapSource();

  private RagIndex index() {
    return builder().build();
  }

  private RagIndex.Builder builder() {
    return RagIndex.builder()
        .store(store)
        .parser(new ParagraphParser(1))
        .embedder(embedder)
        .chunker(Chunkers.recursive(embedder.tokenCounter(), ChunkLimits.of(40)));
  }

  @AfterEach
  void index_is_sound() {
    assertThat(index().verify().findings()).isEmpty();
  }

  private static boolean names(Mutation mutation, String key) {
    return mutation instanceof Mutation.Put put && put.state().id().key().equals(key);
  }

  @Test
  void refused_batch_is_tried_one_by_one_and_only_the_culprit_has_a_problem() {
    IntStream.range(0, 20).forEach(i -> source.put("d" + i, "Text number " + i + "."));
    store.objection =
        batch -> {
          if (batch.stream().anyMatch(mutation -> names(mutation, "d7"))) {
            throw new IllegalArgumentException("no sevens");
          }
        };

    SyncReport report = index().sync(source);

    assertThat(report.added()).isEqualTo(19);
    assertThat(report.quarantined()).isEqualTo(1);
    assertThat(report.failures())
        .containsExactly(
            new SyncReport.Failure("d7", Stage.STORE, "the store refused it: no sevens"));
  }

  @Test
  void move_stays_whole_when_its_batch_is_tried_one_by_one() {
    source.put("a", "Text of a.").put("b", "Text of b.");
    index().sync(source);
    source.rename("a", "c");
    source.put("bad", "Bad text.");
    store.objection =
        batch -> {
          if (batch.stream().anyMatch(mutation -> names(mutation, "bad"))) {
            throw new IllegalArgumentException("bad");
          }
        };

    SyncReport report = index().sync(source);

    assertThat(report.moved()).isEqualTo(1);
    assertThat(store.committed)
        .filteredOn(batch -> batch.stream().anyMatch(mutation -> names(mutation, "c")))
        .singleElement()
        .satisfies(
            batch -> assertThat(batch).anyMatch(mutation -> mutation instanceof Mutation.Remove));
  }

  @Test
  void failing_store_ends_the_run_blames_nobody_and_the_next_run_finishes() {
    IntStream.range(0, 3_000).forEach(i -> source.put("d" + i, "Text number " + i + "."));
    AtomicInteger commits = new AtomicInteger();
    store.objection =
        batch -> {
          if (commits.incrementAndGet() == 2) {
            throw new IndexingException(
                Stage.STORE, IndexingException.Kind.INFRASTRUCTURE, "disk full");
          }
        };

    assertThatThrownBy(() -> index().sync(source))
        .isInstanceOf(IndexingException.class)
        .hasMessage("disk full");
    Status status = index().status();
    SyncReport report = index().sync(source);

    assertThat(status.quarantined()).isEmpty();
    assertThat(status.documents()).isEqualTo(1_000);
    assertThat(report.unchanged()).isEqualTo(1_000);
    assertThat(report.added()).isEqualTo(2_000);
  }

  @Test
  void text_that_left_one_document_in_an_earlier_batch_is_not_embedded_again() {
    String moving = "# Moving\n\n" + "This very sentence moves to the last document. ".repeat(20);
    source.put("a", filler("a") + moving).put("z", filler("z"));
    IntStream.range(0, 1_500).forEach(i -> source.put("m%04d".formatted(i), "Old text " + i + "."));
    index().sync(source);
    int before = embedder.texts.size();

    source.put("a", filler("a"));
    IntStream.range(0, 1_500).forEach(i -> source.put("m%04d".formatted(i), "New text " + i + "."));
    source.put("z", filler("z") + moving);
    SyncReport report = index().sync(source);

    assertThat(report.updated()).isEqualTo(1_502);
    assertThat(embedder.texts.stream().skip(before))
        .noneMatch(text -> text.contains("This very sentence"));
  }

  private static String filler(String name) {
    return "Filler of document %s, to be cut at the heading after it.\n\n"
        .formatted(name)
        .repeat(9);
  }

  @Test
  void settings_are_committed_with_the_first_documents_and_never_again() {
    source.put("a", "Text.");

    index().sync(source, SyncOptions.DEFAULT.remember(java.util.Map.of("app.model", "minilm")));
    index().sync(source, SyncOptions.DEFAULT.remember(java.util.Map.of("app.model", "minilm")));

    assertThat(store.committed).hasSize(1);
    assertThat(store.committed.getFirst().getFirst()).isInstanceOf(Mutation.Configure.class);
    try (Snapshot snapshot = store.snapshot()) {
      assertThat(snapshot.settings().source("notes")).containsEntry("app.model", "minilm");
      assertThat(snapshot.settings().dimension()).isEqualTo(384);
    }
  }

  @Test
  void empty_source_is_remembered() {
    SyncReport report = index().sync(source);

    assertThat(report.listed()).isZero();
    assertThat(List.copyOf(index().status().sources())).containsExactly("notes");
  }

  @Test
  void batch_is_committed_once_it_has_enough_chunks_or_documents() {
    IntStream.range(0, 95).forEach(i -> source.put("d%02d".formatted(i), "Text " + i + "."));

    builder().commitEvery(10, Duration.ofMinutes(5)).build().sync(source);
    int chunks = store.committed.size();
    IntStream.range(0, 95).forEach(i -> source.touch("d%02d".formatted(i)));
    builder().commitEvery(20, Duration.ofMinutes(5)).build().sync(source);

    assertThat(chunks).isEqualTo(10);
    assertThat(store.committed).as("records count as well").hasSize(10 + 5);
  }

  @Test
  void batch_is_committed_after_a_while_however_small_it_is() {
    source.put("a", "Text a.").put("b", "Text b.");
    AtomicInteger before = new AtomicInteger(-1);
    source.atEnd =
        () -> {
          long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
          while (store.committed.isEmpty() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
          }
          before.compareAndSet(-1, store.committed.size());
        };

    builder().commitEvery(1_000_000, Duration.ofMillis(20)).build().sync(source);

    assertThat(before.get()).as("commits while the listing went on").isPositive();
  }

  @Test
  void cadence_is_positive() {
    assertThatThrownBy(() -> builder().commitEvery(0, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder().commitEvery(1, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
