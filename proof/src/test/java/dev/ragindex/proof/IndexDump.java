package dev.ragindex.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.Placement;
import dev.ragindex.api.Problem;
import dev.ragindex.api.Settings;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.StoredChunk;
import dev.ragindex.api.VectorStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Everything an index holds but times: what two indexes are compared by, chunk by chunk and vector
 * by vector.
 *
 * @param settings what it remembers about itself
 * @param documents every record with layout and chunks
 */
record IndexDump(Settings settings, SortedMap<DocumentId, Entry> documents) {

  /** One document's version, whole. */
  record Entry(DocumentState state, List<Placement> layout, List<StoredChunk> chunks) {
    private Entry withoutSequence() {
      DocumentState plain =
          new DocumentState(state.id(), state.indexed(), null, state.metadata(), 0, false);
      return new Entry(plain, layout, chunks);
    }
  }

  static IndexDump of(VectorStore store) {
    try (Snapshot snapshot = store.snapshot()) {
      return of(snapshot);
    }
  }

  static IndexDump of(Snapshot snapshot) {
    SortedMap<DocumentId, Entry> documents = new TreeMap<>();
    for (String source : snapshot.sources()) {
      try (Stream<DocumentState> states = snapshot.states(source)) {
        states.forEach(state -> documents.put(state.id(), entry(snapshot, state)));
      }
    }
    return new IndexDump(snapshot.settings(), documents);
  }

  private static Entry entry(Snapshot snapshot, DocumentState state) {
    return new Entry(timeless(state), snapshot.layout(state.id()), snapshot.chunks(state.id()));
  }

  private static DocumentState timeless(DocumentState state) {
    Problem problem = state.problem();
    return problem == null
        ? state
        : state.withProblem(
            new Problem(
                problem.stage(),
                problem.kind(),
                problem.reason(),
                problem.version(),
                problem.bytes(),
                problem.signature(),
                problem.attempts(),
                Instant.EPOCH));
  }

  /** Whether every document is indexed as it stands. */
  boolean isClean() {
    return documents.values().stream().allMatch(entry -> entry.state().problem() == null);
  }

  /** The documents that are indexed as they stand both here and in another index, unordered. */
  SortedMap<DocumentId, Entry> indexed(IndexDump other) {
    SortedMap<DocumentId, Entry> indexed = new TreeMap<>();
    documents.forEach(
        (id, entry) -> {
          if (!entry.state().deleted() && !hasProblem(id) && !other.hasProblem(id)) {
            indexed.put(id, entry.withoutSequence());
          }
        });
    return indexed;
  }

  private boolean hasProblem(DocumentId id) {
    Entry entry = documents.get(id);
    return entry != null && entry.state().problem() != null;
  }

  /** One batch that makes an empty store hold this. */
  List<Mutation> toBatch() {
    List<Mutation> batch = new ArrayList<>();
    batch.add(new Mutation.Configure(settings));
    documents
        .values()
        .forEach(
            entry -> batch.add(new Mutation.Put(entry.state(), entry.layout(), entry.chunks())));
    return batch;
  }

  void assertEqualTo(IndexDump expected) {
    assertThat(documents.keySet()).isEqualTo(expected.documents.keySet());
    documents.forEach((id, entry) -> assertThat(entry).isEqualTo(expected.documents.get(id)));
    assertThat(settings).isEqualTo(expected.settings);
  }
}
