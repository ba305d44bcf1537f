package dev.ragindex.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.Stage;
import dev.ragindex.api.VectorStore;
import dev.ragindex.core.chunk.ChunkLimits;
import dev.ragindex.core.chunk.Chunkers;
import dev.ragindex.core.memory.InMemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Taking an index elsewhere: by a copy, or by what an export kept. */
class StoreCopyTest {

  private static final int MANY = 30;

  private final InMemoryStore from = InMemoryStore.create();
  private final InMemoryStore to = InMemoryStore.create();
  private final MapSource source = new MapSource();
  private final CountingEmbedder embedder = new CountingEmbedder("counting");

  private RagIndex index(VectorStore store) {
    return index(store, embedder);
  }

  private static RagIndex index(VectorStore store, CountingEmbedder embedder) {
    return RagIndex.builder()
        .store(store)
        .parser(new ParagraphParser(1))
        .embedder(embedder)
        .chunker(Chunkers.recursive(embedder.tokenCounter(), ChunkLimits.of(40)))
        .build();
  }

  @BeforeEach
  void an_index() {
    for (int i = 0; i < MANY; i++) {
      source.put("d" + i, prose(i));
    }
    source.put("bad", "! damaged");
    index(from).sync(source);
    commit(from, new Mutation.Put(tombstone(), List.of(), List.of()));
    embedder.texts.clear();
    source.opened.set(0);
  }

  private static DocumentState tombstone() {
    return new DocumentState(new DocumentId("events", "x"), null, null, Metadata.EMPTY, 7, true);
  }

  private static String prose(int seed) {
    return IntStream.range(0, 150)
        .mapToObj(i -> "Sentence %d of text %d says something.".formatted(i, seed))
        .collect(Collectors.joining("\n\n"));
  }

  private static void commit(VectorStore store, Mutation mutation) {
    try (var writer = store.writer()) {
      writer.commit(List.of(mutation));
    }
  }

  /** Everything a snapshot shows. */
  private static List<Object> contents(VectorStore store) {
    List<Object> all = new ArrayList<>();
    try (Snapshot snapshot = store.snapshot()) {
      all.add(snapshot.settings());
      all.add(snapshot.counts());
      for (String name : snapshot.sources()) {
        snapshot
            .states(name)
            .forEach(
                state -> {
                  all.add(state);
                  all.add(snapshot.layout(state.id()));
                  all.add(snapshot.chunks(state.id()));
                });
      }
    }
    return all;
  }

  private List<StoredDocument> exported() {
    try (Snapshot snapshot = from.snapshot()) {
      return snapshot
          .states("notes")
          .filter(state -> state.indexed() != null)
          .map(state -> StoredDocument.of(snapshot, state))
          .map(
              one ->
                  StoredDocument.of(
                      one.state().id(), one.state().metadata(), one.layout(), one.chunks()))
          .toList();
    }
  }

  @Test
  void a_copy_is_the_same_index_and_the_next_sync_reads_nothing() {
    CopyReport report = StoreCopy.copy(from, to);

    assertThat(contents(to)).isEqualTo(contents(from));
    assertThat(report.copied()).isEqualTo(MANY + 2);
    SyncReport sync = index(to).sync(source);
    assertThat(sync.unchanged()).isEqualTo(MANY);
    assertThat(source.opened).hasValue(0);
    assertThat(embedder.texts).isEmpty();
    assertThat(index(to).verify().findings()).isEmpty();
  }

  @Test
  void a_copy_again_writes_nothing() {
    CopyReport first = StoreCopy.copy(from, to);
    long revision = to.snapshot().revision();

    CopyReport second = StoreCopy.copy(from, to);

    assertThat(second).isEqualTo(new CopyReport(0, 0, first.copied(), List.of()));
    assertThat(to.snapshot().revision()).isEqualTo(revision);
  }

  @Test
  void batches_are_bounded_and_a_copy_that_stopped_is_completed() {
    PickyStore picky = new PickyStore(to);
    picky.objection =
        batch -> {
          if (picky.committed.size() == 1) {
            throw new IndexingException(
                Stage.STORE, IndexingException.Kind.INFRASTRUCTURE, "disk full");
          }
        };
    assertThatThrownBy(() -> StoreCopy.copy(from, picky)).isInstanceOf(IndexingException.class);
    long there = to.snapshot().counts().documents();
    assertThat(there).isBetween(1L, MANY - 1L);
    picky.objection = batch -> {};

    CopyReport rest = StoreCopy.copy(from, picky);

    assertThat(rest.unchanged()).isGreaterThanOrEqualTo(there);
    assertThat(rest.unchanged() + rest.copied()).isEqualTo(MANY + 2);
    assertThat(contents(to)).isEqualTo(contents(from));
    assertThat(picky.committed).hasSizeGreaterThan(1);
    for (List<Mutation> batch : picky.committed) {
      long chunks =
          batch.stream()
              .mapToLong(one -> one instanceof Mutation.Put put ? put.chunks().size() : 0)
              .sum();
      assertThat(chunks).isLessThan(1_000 + 200);
    }
  }

  @Test
  void a_copy_brings_an_older_one_up_to_date_and_writes_only_new_chunks() {
    StoreCopy.copy(from, to);
    source.put("d7", source.text("d7").replace("Sentence 75 of", "Sentence seventy-five of"));
    index(from).sync(source);

    CopyReport report = StoreCopy.copy(from, to);

    assertThat(report.copied()).isEqualTo(1);
    assertThat(report.chunks()).isBetween(1L, 4L);
    assertThat(contents(to)).isEqualTo(contents(from));
  }

  @Test
  void a_store_of_another_model_is_refused_and_left_alone() {
    index(to, new CountingEmbedder("another")).sync(new MapSource().put("a", "A text."));
    List<Object> before = contents(to);

    assertThatThrownBy(() -> StoreCopy.copy(from, to))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("counting")
        .hasMessageContaining("another");
    assertThat(contents(to)).isEqualTo(before);
  }

  @Test
  void restored_documents_are_found_and_the_next_sync_embeds_nothing() {
    CopyReport report = index(to).restore(exported().iterator(), Map.of("model", "counting"));

    assertThat(report.copied()).isEqualTo(MANY);
    assertThat(index(to).verify().findings()).isEmpty();
    assertThat(to.snapshot().settings().source("notes")).containsEntry("model", "counting");
    assertThat(index(to).explain(new DocumentId("notes", "d1")).wouldRunAgainIf())
        .singleElement()
        .asString()
        .contains("imported");
    index(to).sync(source);
    assertThat(embedder.texts).isEmpty();
    commit(to, new Mutation.Put(tombstone(), List.of(), List.of()));
    assertThat(chunksOf(to)).isEqualTo(chunksOf(from));
    source.opened.set(0);
    assertThat(index(to).sync(source).unchanged()).isEqualTo(MANY);
    assertThat(source.opened).hasValue(0);
  }

  private static List<Object> chunksOf(VectorStore store) {
    return contents(store).stream().filter(List.class::isInstance).toList();
  }

  @Test
  void restoring_again_changes_nothing() {
    index(to).restore(exported().iterator(), Map.of());
    long revision = to.snapshot().revision();

    CopyReport again = index(to).restore(exported().iterator(), Map.of());

    assertThat(again).isEqualTo(new CopyReport(0, 0, MANY, List.of()));
    assertThat(to.snapshot().revision()).isEqualTo(revision);
  }

  @Test
  void what_the_index_knows_is_not_overwritten() {
    source.put("d7", "Quite another text.");
    index(to).sync(source);
    List<Object> before = contents(to);

    CopyReport report = index(to).restore(exported().iterator(), Map.of("model", "x"));

    assertThat(report.kept()).containsExactly(new DocumentId("notes", "d7"));
    assertThat(report.unchanged()).isEqualTo(MANY - 1);
    assertThat(contents(to)).isEqualTo(before);
  }

  @Test
  void what_the_model_did_not_make_is_refused() {
    RagIndex other = index(to, new CountingEmbedder("another"));

    assertThatThrownBy(() -> other.restore(exported().iterator(), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("notes:d0")
        .hasMessageContaining("embedding key")
        .hasMessageContaining("another");
    assertThat(to.snapshot().counts().documents()).isZero();
  }
}
