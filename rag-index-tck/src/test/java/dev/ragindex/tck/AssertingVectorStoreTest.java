package dev.ragindex.tck;

import static dev.ragindex.tck.StoreData.id;
import static dev.ragindex.tck.StoreData.put;
import static dev.ragindex.tck.StoreData.state;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragindex.api.Mutation;
import dev.ragindex.api.SearchRequest;
import dev.ragindex.api.Settings;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.StoreWriter;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Each way to misuse a store is objected to. */
class AssertingVectorStoreTest {

  private final AssertingVectorStore store = AssertingVectorStore.of(new PlainStore(Defect.NONE));

  private static void assertObjects(String message, ThrowingCallable misuse) {
    assertThatThrownBy(misuse).isInstanceOf(AssertionError.class).hasMessageContaining(message);
  }

  private void commit(Mutation... batch) {
    try (StoreWriter writer = store.writer()) {
      writer.commit(List.of(batch));
    }
  }

  @Test
  void proper_use_passes() {
    commit(put(id("a"), "one"));
    commit(put(id("b"), "one", "two"));
    store.reading(
        () -> {
          try (Snapshot snapshot = store.snapshot();
              var states = snapshot.states("docs")) {
            states.forEach(state -> snapshot.chunks(state.id()));
          }
        });
    store.search(SearchRequest.of("one"), StoreData.vector("one"));
    store.close();
  }

  @Test
  void what_is_left_open_is_named() {
    Snapshot snapshot = store.snapshot();
    StoreWriter writer = store.writer();
    assertObjects("a snapshot", store::close);
    snapshot.close();
    assertObjects("a writer", store::close);
    writer.close();
    store.close();
  }

  @Test
  void streams_end_before_their_snapshot() {
    Snapshot snapshot = store.snapshot();
    snapshot.states("docs");
    assertObjects("1 streams", snapshot::close);
  }

  @Test
  void nothing_is_used_after_it_was_closed() {
    Snapshot snapshot = store.snapshot();
    snapshot.close();
    assertObjects("after it was closed", snapshot::revision);
    StoreWriter writer = store.writer();
    writer.close();
    assertObjects("after close", () -> writer.commit(List.of()));
    store.close();
    assertObjects("after it was closed", store::snapshot);
    assertObjects("after it was closed", store::writer);
  }

  @Test
  void readers_do_not_write() {
    assertObjects("only read", () -> store.reading(() -> commit(put(id("a"), "one"))));
    try (StoreWriter writer = store.writer()) {
      assertObjects(
          "only read", () -> store.reading(() -> writer.commit(List.of(put(id("a"), "one")))));
    }
  }

  @Test
  void a_document_is_written_once() {
    Mutation note = new Mutation.Note(state(id("a"), 1));
    try (StoreWriter writer = store.writer()) {
      assertObjects("twice in a batch", () -> writer.commit(List.of(put(id("a"), "one"), note)));
      writer.commit(List.of(put(id("a"), "one")));
      assertObjects("twice by one writer", () -> writer.commit(List.of(put(id("a"), "two"))));
    }
  }

  @Test
  void what_is_stored_is_not_written_again() {
    commit(put(id("a"), "one"));
    Settings settings = Settings.EMPTY.withDimension(StoreData.DIMENSION);
    assertObjects("stored already", () -> commit(put(id("a"), "one", "two")));
    assertObjects("what is stored", () -> commit(new Mutation.Note(state(id("a"), 1))));
    assertObjects("what is stored", () -> commit(new Mutation.Configure(settings)));
    assertObjects("never there", () -> commit(new Mutation.Remove(id("b"))));
  }

  @Test
  void queries_are_of_unit_length() {
    float[] twice = StoreData.vector("one");
    for (int i = 0; i < twice.length; i++) {
      twice[i] *= 2;
    }
    assertObjects("length", () -> store.search(SearchRequest.of("one"), twice));
  }
}
