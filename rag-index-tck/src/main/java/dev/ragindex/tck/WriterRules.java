package dev.ragindex.tck;

import static dev.ragindex.tck.StoreData.chunk;
import static dev.ragindex.tck.StoreData.id;
import static dev.ragindex.tck.StoreData.key;
import static dev.ragindex.tck.StoreData.layout;
import static dev.ragindex.tck.StoreData.problem;
import static dev.ragindex.tck.StoreData.put;
import static dev.ragindex.tck.StoreData.state;
import static dev.ragindex.tck.StoreData.vector;
import static dev.ragindex.tck.StoreData.withVectors;
import static dev.ragindex.tck.StoreData.writing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.SearchRequest;
import dev.ragindex.api.Settings;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.StoreBusyException;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.StoredChunk;
import dev.ragindex.api.UnknownEmbeddingException;
import dev.ragindex.api.VectorStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules W1 to W12. W13 needs a medium that can be made to fail: {@link FailingMediumContract}. */
abstract class WriterRules extends SnapshotRules {

  private static final Settings EIGHT = Settings.EMPTY.withDimension(8);

  @Test
  void W1_only_one_writer_is_open_at_a_time() {
    VectorStore other = openAgain();
    try (StoreWriter writer = store().writer()) {
      assertThatThrownBy(store()::writer).isInstanceOf(StoreBusyException.class);
      assertThatThrownBy(other::writer).isInstanceOf(StoreBusyException.class);
      writer.commit(List.of(put(id("a"), "one")));
    }
    try (StoreWriter writer = other.writer()) {
      assertThatThrownBy(store()::writer).isInstanceOf(StoreBusyException.class);
      writer.commit(List.of(put(id("b"), "two")));
    }
    assertThat(counts()).isEqualTo(new Snapshot.Counts(2, 2));
  }

  @Test
  void W2_a_batch_is_one_commit_and_there_on_return() {
    commit(put(id("old"), "one"), put(id("touched"), "two"), put(id("edited"), "three"));
    List<Mutation> batch =
        List.of(
            new Mutation.Remove(id("old")),
            new Mutation.Note(state(id("touched"), 1, Metadata.EMPTY.with("n", 1L))),
            put(id("edited"), "four", "five"),
            put(id("new"), "six"));
    try (StoreWriter writer = store().writer()) {
      long revision = writer.commit(batch);
      try (Snapshot snapshot = openAgain().snapshot()) {
        StoreModel model = new StoreModel();
        model.apply(List.of(put(id("touched"), "two")));
        model.apply(batch);
        model.assertHeldBy(snapshot);
        assertThat(snapshot.revision()).isEqualTo(revision);
      }
    }
  }

  /** Batches that break rule W3 in one way each; documents a and b are there before. */
  static Stream<Named<List<Mutation>>> brokenBatches() {
    return Stream.of(
        broken("put twice", put(id("c"), "x"), put(id("c"), "y")),
        broken("put and remove", put(id("a"), "x"), new Mutation.Remove(id("a"))),
        broken(
            "note and remove", new Mutation.Remove(id("a")), new Mutation.Note(state(id("a"), 2))),
        broken("too short", withVectors(put(id("c"), "x"), vector("x", 7))),
        broken("too long", withVectors(put(id("c"), "x"), vector("x", 9))),
        broken("empty", withVectors(put(id("c"), "x"), new float[0])),
        broken("not a number", withVectors(put(id("c"), "x"), with(Float.NaN))),
        broken("infinite", withVectors(put(id("c"), "x"), with(Float.POSITIVE_INFINITY))),
        broken("zero", withVectors(put(id("c"), "x"), new float[8])),
        broken("a bit too long", withVectors(put(id("c"), "x"), scaled(1.002f))),
        broken("a bit too short", withVectors(put(id("c"), "x"), scaled(0.998f))),
        broken(
            "miscounted put",
            new Mutation.Put(state(id("c"), 2), put(id("c"), "x").layout(), List.of())),
        broken("miscounted note", new Mutation.Note(state(id("a"), 3))),
        broken("two settings", new Mutation.Configure(EIGHT), new Mutation.Configure(EIGHT)));
  }

  private static Named<List<Mutation>> broken(String how, Mutation... batch) {
    return Named.of(how, List.of(batch));
  }

  private static float[] with(float value) {
    float[] vector = vector("x");
    vector[3] = value;
    return vector;
  }

  private static float[] scaled(float factor) {
    float[] vector = vector("x");
    for (int i = 0; i < vector.length; i++) {
      vector[i] *= factor;
    }
    return vector;
  }

  @ParameterizedTest
  @MethodSource("brokenBatches")
  void W3_a_broken_batch_changes_nothing_and_the_writer_goes_on(List<Mutation> broken) {
    StoreModel model = new StoreModel();
    List<Mutation> before = List.of(put(id("a"), "one", "two"), put(id("b"), "three"));
    model.apply(before);
    List<Mutation> batch = new ArrayList<>();
    batch.add(put(id("new"), "four"));
    batch.add(new Mutation.Remove(id("b")));
    batch.addAll(broken);
    try (StoreWriter writer = store().writer()) {
      long revision = writer.commit(before);
      assertThatThrownBy(() -> writer.commit(batch)).isInstanceOf(IllegalArgumentException.class);
      try (Snapshot snapshot = store().snapshot()) {
        model.assertHeldBy(snapshot);
        assertThat(snapshot.revision()).isEqualTo(revision);
      }
      List<Mutation> next = List.of(put(id("d"), "five"));
      writer.commit(next);
      model.apply(next);
    }
    try (Snapshot snapshot = openAgain().snapshot()) {
      model.assertHeldBy(snapshot);
    }
  }

  @Test
  void W3_the_first_batch_has_one_dimension() {
    Mutation.Put eight = put(id("a"), "one");
    Mutation.Put nine = withVectors(put(id("b"), "two"), vector("two", 9));
    assertThatThrownBy(() -> commit(eight, nine)).isInstanceOf(IllegalArgumentException.class);
    assertThat(settings()).isEqualTo(Settings.EMPTY);
    assertThat(counts()).isEqualTo(new Snapshot.Counts(0, 0));
  }

  @ParameterizedTest
  @ValueSource(floats = {0.9995f, 1.0005f})
  void W3_rounding_is_no_offence(float factor) {
    float[] vector = scaled(factor);
    commit(withVectors(put(id("a"), "x"), vector));
    assertThat(storedChunks(id("a")).getFirst().vector()).containsExactly(vector);
  }

  @Test
  void W4_afterwards_the_chunks_are_those_of_the_layout() {
    DocumentId id = id("a");
    commit(put(id, "gone", "stays", "context changes"), put(id("b"), "gone"));
    StoredChunk reworded = chunk(id, "context changes", "", "New heading");
    List<StoredChunk> now = List.of(chunk(id, "new"), reworded, chunk(id, "stays"));
    commit(new Mutation.Put(state(id, 3), layout(now), List.of(now.get(0), reworded)));
    assertThat(storedChunks(id)).isEqualTo(now);
    assertThat(storedLayout(id)).isEqualTo(layout(now));
    assertThat(counts()).isEqualTo(new Snapshot.Counts(2, 4));
    assertThat(known(Set.of(key("context changes")))).isEmpty();
    assertThat(storedChunks(id("b"))).containsExactly(chunk(id("b"), "gone"));
    assertThat(search(SearchRequest.of("x").top(100))).hasSize(4);
  }

  @Test
  void W4_a_put_may_write_nothing_but_the_layout() {
    Mutation.Put put = put(id("a"), "one", "two");
    commit(put);
    List<StoredChunk> turned = put.chunks().reversed();
    commit(new Mutation.Put(put.state(), layout(turned), List.of()));
    assertThat(storedChunks(id("a"))).isEqualTo(turned);
  }

  @Test
  void W4_a_chunk_that_is_there_may_be_written_again() {
    Mutation.Put put = put(id("a"), "one", "two");
    commit(put);
    commit(put);
    assertThat(storedChunks(id("a"))).isEqualTo(put.chunks());
    assertThat(counts()).isEqualTo(new Snapshot.Counts(1, 2));
  }

  @Test
  void W4_an_empty_layout_takes_all_chunks_away() {
    commit(put(id("a"), "one", "two"));
    DocumentState tombstone = new DocumentState(id("a"), null, null, Metadata.EMPTY, 5, true);
    commit(new Mutation.Put(tombstone, List.of(), List.of()));
    assertThat(storedStates("docs")).containsExactly(tombstone);
    assertThat(counts()).isEqualTo(new Snapshot.Counts(0, 0));
    assertThat(known(Set.of(key("one"), key("two")))).isEmpty();
  }

  @Test
  void W5_a_layout_names_only_chunks_that_are_stored_or_written() {
    DocumentId id = id("a");
    Mutation.Put before = put(id, "one", "two");
    commit(before, put(id("b"), "three"));
    StoredChunk otherKey = chunk(id, "two", "", "Heading");
    List<StoredChunk> withOtherKey = List.of(before.chunks().get(0), otherKey);
    List<Mutation.Put> broken =
        List.of(
            writing(put(id, "one", "two", "never written"), List.of()),
            writing(put(id("c"), "one"), List.of()),
            writing(put(id("c"), "three"), List.of()),
            new Mutation.Put(state(id, 2), layout(withOtherKey), List.of()),
            new Mutation.Put(state(id, 2), layout(withOtherKey), List.of(chunk(id, "two"))),
            new Mutation.Put(state(id, 2), before.layout(), List.of(otherKey)));
    for (Mutation.Put put : broken) {
      assertThatThrownBy(() -> commit(put(id("d"), "four"), put))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(storedChunks(id)).isEqualTo(before.chunks());
      assertThat(counts()).isEqualTo(new Snapshot.Counts(2, 3));
    }
  }

  @Test
  void W6_a_missing_vector_comes_from_batch_or_store() {
    commit(put(id("a"), "stored"));
    commit(
        withVectors(put(id("b"), "stored", "in the batch"), null),
        put(id("c"), "in the batch"),
        withVectors(put(new DocumentId("mail", "1"), "in the batch"), null));
    assertThat(storedChunks(id("b"))).isEqualTo(put(id("b"), "stored", "in the batch").chunks());
    assertThat(storedChunks(new DocumentId("mail", "1")))
        .isEqualTo(put(new DocumentId("mail", "1"), "in the batch").chunks());
  }

  @Test
  void W6_the_batch_goes_before_the_store() {
    commit(put(id("a"), "text"));
    float[] newer = vector("another direction");
    commit(withVectors(put(id("b"), "text"), null), withVectors(put(id("c"), "text"), newer));
    assertThat(storedChunks(id("b")).getFirst().vector()).containsExactly(newer);
  }

  @Test
  void W6_a_move_takes_the_vectors_along() {
    commit(put(id("old name"), "one", "two"));
    commit(
        new Mutation.Remove(id("old name")), withVectors(put(id("new name"), "one", "two"), null));
    assertThat(storedChunks(id("new name"))).isEqualTo(put(id("new name"), "one", "two").chunks());
    assertThat(storedChunks(id("old name"))).isEmpty();
    assertThat(counts()).isEqualTo(new Snapshot.Counts(1, 2));
  }

  @Test
  void W6_unknown_keys_are_named_and_nothing_is_written() {
    commit(put(id("a"), "one"), put(id("b"), "removed before"));
    commit(new Mutation.Remove(id("b")));
    assertThatThrownBy(
            () ->
                commit(
                    put(id("c"), "two"),
                    withVectors(put(id("d"), "one", "three", "removed before"), null)))
        .isInstanceOfSatisfying(
            UnknownEmbeddingException.class,
            e ->
                assertThat(e.keys())
                    .containsExactlyInAnyOrder(key("three"), key("removed before")));
    assertThat(counts()).isEqualTo(new Snapshot.Counts(1, 1));
  }

  @Test
  void W7_a_note_changes_the_record_alone() {
    Mutation.Put put = put(id("a"), Metadata.EMPTY.with("n", 1L), "one", "two");
    commit(put, put(id("b"), "three"));
    DocumentState noted =
        state(id("a"), 2, Metadata.EMPTY.with("m", "x")).withProblem(problem("damaged"));
    DocumentState unseen =
        new DocumentState(id("c"), null, problem("encrypted"), Metadata.EMPTY, 0, false);
    commit(new Mutation.Note(noted), new Mutation.Note(unseen));
    assertThat(storedStates("docs")).containsExactlyInAnyOrder(noted, unseen, state(id("b"), 1));
    assertThat(storedChunks(id("a"))).isEqualTo(put.chunks());
    assertThat(storedLayout(id("a"))).isEqualTo(put.layout());
    assertThat(storedLayout(id("c"))).isEmpty();
    assertThat(counts()).isEqualTo(new Snapshot.Counts(3, 3));
  }

  @Test
  void W8_a_removal_leaves_nothing_and_touches_no_other() {
    DocumentId sameKey = new DocumentId("mail", "a");
    commit(put(id("a"), "shared", "own"), put(id("a/b"), "shared"), put(sameKey, "shared"));
    commit(new Mutation.Remove(id("a")), new Mutation.Remove(id("never there")));
    assertThat(storedStates("docs")).containsExactly(state(id("a/b"), 1));
    assertThat(storedChunks(id("a"))).isEmpty();
    assertThat(storedLayout(id("a"))).isEmpty();
    assertThat(known(Set.of(key("own"), key("shared")))).containsExactly(key("shared"));
    assertThat(storedChunks(id("a/b"))).isEqualTo(put(id("a/b"), "shared").chunks());
    assertThat(storedChunks(sameKey)).isEqualTo(put(sameKey, "shared").chunks());
    assertThat(counts()).isEqualTo(new Snapshot.Counts(2, 2));
    assertThat(search(SearchRequest.of("own").top(100))).hasSize(2);
    commit(new Mutation.Remove(sameKey));
    assertThat(sources()).containsExactly("docs");
  }

  @Test
  void W9_settings_are_replaced_in_the_same_commit() {
    Settings settings =
        Settings.EMPTY
            .withIndex(Map.of("model", "mini", "", "empty key"))
            .withSource("docs", Map.of("root", "/a\nb", "pipeline", "\uD83D\uDE00"))
            .withSource("mail", Map.of());
    commit(new Mutation.Configure(settings), put(id("a"), "one"));
    assertThat(settings()).isEqualTo(settings.withDimension(8));
    assertThat(sources()).containsExactlyInAnyOrder("docs", "mail");
    Settings fewer = Settings.EMPTY.withDimension(8).withIndex(Map.of("model", "other"));
    commit(new Mutation.Configure(fewer));
    assertThat(settings()).isEqualTo(fewer);
    assertThat(storedChunks(id("a"))).hasSize(1);
  }

  @Test
  void W9_the_first_vector_decides_the_dimension() {
    commit(new Mutation.Note(state(id("empty"), 0)));
    assertThat(settings().dimension()).isZero();
    commit(put(id("a"), "one"));
    assertThat(settings().dimension()).isEqualTo(8);
  }

  @Test
  void W9_a_set_dimension_binds_the_first_vector() {
    commit(new Mutation.Configure(Settings.EMPTY.withDimension(16)));
    assertThatThrownBy(() -> commit(put(id("a"), "one")))
        .isInstanceOf(IllegalArgumentException.class);
    commit(withVectors(put(id("a"), "one"), vector("one", 16)));
    assertThat(counts()).isEqualTo(new Snapshot.Counts(1, 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 16})
  void W9_the_dimension_stays_while_there_are_chunks(int dimension) {
    commit(put(id("a"), "one"));
    Mutation configure = new Mutation.Configure(Settings.EMPTY.withDimension(dimension));
    assertThatThrownBy(() -> commit(configure)).isInstanceOf(IllegalArgumentException.class);
    assertThat(settings()).isEqualTo(Settings.EMPTY.withDimension(8));
    commit(new Mutation.Remove(id("a")));
    commit(configure);
    commit(withVectors(put(id("b"), "two"), vector("two", 16)));
    assertThat(vectors(Set.of(key("two"))).get(key("two"))).containsExactly(vector("two", 16));
    assertThat(store().search(SearchRequest.of("two"), vector("two", 16))).hasSize(1);
  }

  @Test
  void W10_an_empty_batch_commits_nothing() {
    assertThat(commit()).isZero();
    long revision = commit(put(id("a"), "one"));
    assertThat(commit()).isEqualTo(revision);
    assertThat(revision()).isEqualTo(revision);
  }

  @Test
  void W11_an_interrupt_loses_neither_batch_nor_store() {
    try (StoreWriter writer = store().writer()) {
      for (int i = 0; i < 3; i++) {
        Thread.currentThread().interrupt();
        writer.commit(List.of(put(id("a" + i), "one")));
        assertThat(counts()).isEqualTo(new Snapshot.Counts(i + 1, i + 1));
        assertThat(Thread.interrupted()).isTrue();
      }
      Thread.currentThread().interrupt();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(commit(put(id("b"), "two"))).isPositive();
  }

  @Test
  void W11_interrupts_at_any_moment_lose_nothing() throws InterruptedException {
    Thread caller = Thread.currentThread();
    Thread nuisance =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!Thread.currentThread().isInterrupted()) {
                    caller.interrupt();
                    Thread.onSpinWait();
                  }
                });
    try (StoreWriter writer = store().writer()) {
      for (int i = 0; i < 20; i++) {
        writer.commit(List.of(put(id("a" + i), "one", "two")));
      }
    } finally {
      nuisance.interrupt();
      while (nuisance.isAlive()) {
        Thread.onSpinWait();
      }
      Thread.interrupted();
    }
    assertThat(counts()).isEqualTo(new Snapshot.Counts(20, 40));
  }

  @Test
  void W12_after_close_nothing_is_committed_and_nothing_lost() {
    StoreWriter writer = store().writer();
    writer.commit(List.of(put(id("a"), "one")));
    writer.close();
    writer.close();
    assertThatThrownBy(() -> writer.commit(List.of(put(id("b"), "two"))))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> writer.commit(List.of())).isInstanceOf(IllegalStateException.class);
    assertThat(storedStates("docs")).containsExactly(state(id("a"), 1));
    assertThat(storedChunks(id("a"))).isEqualTo(put(id("a"), "one").chunks());
  }

  @Test
  void W14_sweeping_a_sound_store_commits_nothing() {
    commit(put(id("a"), "one", "two"), put(id("b"), "three"));
    commit(put(id("a"), "two"));
    long revision = revision();
    try (StoreWriter writer = store().writer()) {
      assertThat(writer.sweep()).isZero();
    }
    assertThat(revision()).isEqualTo(revision);
    assertThat(storedChunks(id("a"))).isEqualTo(put(id("a"), "two").chunks());
  }
}
