package dev.ragindex.tck;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.Placement;
import dev.ragindex.api.SearchHit;
import dev.ragindex.api.SearchRequest;
import dev.ragindex.api.Settings;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.StoredChunk;
import dev.ragindex.api.VectorStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Opens the store under test and closes whatever a test opened. */
abstract class StoreFixture {

  /** Property that fixes the seed of random tests. */
  private static final String SEED = "ragindex.seed";

  private final List<VectorStore> opened = new ArrayList<>();
  private VectorStore store;

  /** Opens the store under test, the same one each time within a test; see the contract. */
  abstract VectorStore open();

  @BeforeEach
  void openStore() {
    store = openAgain();
  }

  @AfterEach
  void closeStores() {
    opened.forEach(VectorStore::close);
  }

  /** The store under test, open. */
  VectorStore store() {
    return store;
  }

  /** One more view of the store under test, as another user of it has. */
  VectorStore openAgain() {
    VectorStore again = open();
    opened.add(again);
    return again;
  }

  /** Commits one batch with a writer of its own. */
  long commit(Mutation... batch) {
    try (StoreWriter writer = store.writer()) {
      return writer.commit(List.of(batch));
    }
  }

  long revision() {
    return look(Snapshot::revision);
  }

  Settings settings() {
    return look(Snapshot::settings);
  }

  Snapshot.Counts counts() {
    return look(Snapshot::counts);
  }

  Set<String> sources() {
    return look(Snapshot::sources);
  }

  List<DocumentState> storedStates(String source) {
    return look(snapshot -> snapshot.states(source).toList());
  }

  List<Placement> storedLayout(DocumentId id) {
    return look(snapshot -> snapshot.layout(id));
  }

  List<StoredChunk> storedChunks(DocumentId id) {
    return look(snapshot -> snapshot.chunks(id));
  }

  Set<Fingerprint> known(Set<Fingerprint> keys) {
    return look(snapshot -> snapshot.known(keys));
  }

  Map<Fingerprint, float[]> vectors(Set<Fingerprint> keys) {
    return look(snapshot -> snapshot.vectors(keys));
  }

  /** Looks at the last commit. */
  private <T> T look(Function<Snapshot, T> question) {
    try (Snapshot snapshot = store.snapshot()) {
      return question.apply(snapshot);
    }
  }

  /** Searches with the vector of the request's text. */
  List<SearchHit> search(SearchRequest request) {
    return store.search(request, StoreData.vector(request.text()));
  }

  /** The seed of a random test: new each time, printed, fixed by a system property. */
  static long seed() {
    long seed = Long.getLong(SEED, System.nanoTime());
    System.out.println("repeat with -D" + SEED + "=" + seed);
    return seed;
  }
}
