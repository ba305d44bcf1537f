package dev.ragindex.tck;

import static dev.ragindex.tck.StoreData.chunk;
import static dev.ragindex.tck.StoreData.id;
import static dev.ragindex.tck.StoreData.key;
import static dev.ragindex.tck.StoreData.layout;
import static dev.ragindex.tck.StoreData.problem;
import static dev.ragindex.tck.StoreData.put;
import static dev.ragindex.tck.StoreData.state;
import static dev.ragindex.tck.StoreData.vector;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.Settings;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.StoredChunk;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rules S1 to S5. */
abstract class SnapshotRules extends StoreFixture {

  @Test
  void S1_a_snapshot_never_changes() {
    StoreModel model = new StoreModel();
    Mutation.Put a = put(id("a"), "one", "two");
    Mutation.Put b = put(id("b"), "three");
    commit(a, b);
    model.apply(List.of(a, b));
    try (Snapshot snapshot = store().snapshot()) {
      commit(put(id("a"), "four"), new Mutation.Remove(id("b")), put(id("c"), "five"));
      commit(new Mutation.Configure(Settings.EMPTY.withDimension(8).withIndex(Map.of("k", "v"))));
      model.assertHeldBy(snapshot);
      assertThat(snapshot.state(id("c"))).isNull();
      assertThat(snapshot.known(Set.of(key("five")))).isEmpty();
    }
  }

  @Test
  void S2_each_change_raises_the_revision() {
    List<Long> revisions = new ArrayList<>(List.of(revision()));
    revisions.add(commit(put(id("a"), "one")));
    revisions.add(commit(new Mutation.Note(state(id("a"), 1, Metadata.EMPTY.with("n", 1L)))));
    revisions.add(commit(new Mutation.Configure(Settings.EMPTY.withDimension(8))));
    revisions.add(commit(put(id("a"), "two")));
    revisions.add(commit(new Mutation.Remove(id("a"))));
    assertThat(revisions).isSorted().doesNotHaveDuplicates();
    assertThat(revision()).isEqualTo(revisions.getLast());
  }

  @Test
  void S3_states_gives_each_document_of_the_source_once() {
    List<DocumentId> ids =
        List.of(
            id("a"),
            id("a/b"),
            id("line\nbreak"),
            id("\uE000"),
            id("\uD83D\uDE00"),
            id("k".repeat(8_192)),
            id("\uFFFD".repeat(8_192)));
    List<DocumentId> others =
        List.of(
            new DocumentId("doc", "s/a"),
            new DocumentId("docs2", "a"),
            new DocumentId("docs:a", "b"),
            new DocumentId("d", "a"));
    commit(ids.stream().map(id -> put(id, "text")).toArray(Mutation[]::new));
    commit(others.stream().map(id -> put(id, "another")).toArray(Mutation[]::new));
    commit(put(id("a"), "newer"), new Mutation.Note(state(id("a/b"), 1)));
    assertThat(storedStates("docs"))
        .extracting(DocumentState::id)
        .containsExactlyInAnyOrderElementsOf(ids);
    for (DocumentId other : others) {
      assertThat(storedStates(other.source())).containsExactly(state(other, 1));
    }
    assertThat(storedStates("none")).isEmpty();
    assertThat(sources()).containsExactlyInAnyOrder("docs", "doc", "docs2", "docs:a", "d");
  }

  @Test
  void S3_a_state_comes_back_whole() {
    Metadata metadata =
        Metadata.EMPTY
            .with("text", "\uD83D\uDE00 \uE000 \"'\\")
            .with("whole", Long.MIN_VALUE)
            .with("real", -1.5e-300)
            .with("flag", true)
            .with("moment", Instant.ofEpochMilli(-1))
            .with("texts", List.of("b", "a", "", "b"));
    List<DocumentState> states =
        List.of(
            state(id("whole"), 0, metadata),
            state(id("both"), 0, metadata).withProblem(problem("encrypted")),
            new DocumentState(id("problem"), null, problem(""), Metadata.EMPTY, -7, false),
            new DocumentState(id("tombstone"), null, null, Metadata.EMPTY, Long.MAX_VALUE, true));
    commit(states.stream().map(Mutation.Note::new).toArray(Mutation[]::new));
    assertThat(storedStates("docs")).containsExactlyInAnyOrderElementsOf(states);
    for (DocumentState state : states) {
      try (Snapshot snapshot = store().snapshot()) {
        assertThat(snapshot.state(state.id())).isEqualTo(state);
      }
    }
    assertThat(counts()).isEqualTo(new Snapshot.Counts(3, 0));
  }

  @Test
  void S4_vectors_are_found_whoever_wrote_them() {
    DocumentId other = new DocumentId("mail", "1");
    commit(put(id("a"), "one", "two"));
    commit(put(other, "two", "three"));
    Set<Fingerprint> keys = Set.of(key("one"), key("two"), key("three"), key("four"));
    Set<Fingerprint> present = Set.of(key("one"), key("two"), key("three"));
    assertThat(known(keys)).isEqualTo(present);
    Map<Fingerprint, float[]> vectors = vectors(keys);
    assertThat(vectors.keySet()).isEqualTo(present);
    assertThat(vectors.get(key("two"))).containsExactly(vector("two"));
    assertThat(vectors.get(key("three"))).containsExactly(vector("three"));
    assertThat(known(Set.of())).isEmpty();
  }

  @Test
  void S5_chunks_come_back_as_written_in_the_order_of_the_layout() {
    DocumentId id = id("a");
    List<StoredChunk> written =
        List.of(
            chunk(id, "plain"),
            chunk(id, "with overlap", "end of the one before ", ""),
            chunk(id, "with context", "", "Chapter 1\nSection \uD83D\uDE00"),
            chunk(id, "  spaces\n\nand \uE000\uD83D\uDE00\t ", " over ", "Heading"));
    commit(put(id("b"), "plain"));
    commit(new Mutation.Put(state(id, 4), layout(written.reversed()), written));
    assertThat(storedChunks(id)).isEqualTo(written.reversed());
    assertThat(storedLayout(id)).isEqualTo(layout(written.reversed()));
    assertThat(storedChunks(id("b"))).containsExactly(chunk(id("b"), "plain"));
  }
}
