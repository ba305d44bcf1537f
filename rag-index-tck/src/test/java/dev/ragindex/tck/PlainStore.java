package dev.ragindex.tck;

import dev.ragindex.api.CheckedBatch;
import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Filter;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.Placement;
import dev.ragindex.api.SearchHit;
import dev.ragindex.api.SearchRequest;
import dev.ragindex.api.Settings;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.StoreBusyException;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.StoredChunk;
import dev.ragindex.api.VectorStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A store that is a list of batches, replayed into a model whenever someone looks; searches by
 * vector only. It can be given one defect.
 */
final class PlainStore implements VectorStore {

  private final Defect defect;
  private final List<List<Mutation>> history = new CopyOnWriteArrayList<>();
  private final AtomicBoolean writing = new AtomicBoolean();

  PlainStore(Defect defect) {
    this.defect = defect;
  }

  private boolean has(Defect one) {
    return defect == one;
  }

  void openedAgain() {
    if (has(Defect.FORGETS_WHEN_OPENED_AGAIN)) {
      history.clear();
    }
  }

  @Override
  public Snapshot snapshot() {
    return new PlainSnapshot(List.copyOf(history));
  }

  @Override
  public StoreWriter writer() {
    if (!writing.compareAndSet(false, true) && !has(Defect.ANY_NUMBER_OF_WRITERS)) {
      throw new StoreBusyException("busy");
    }
    return new PlainWriter();
  }

  @Override
  public List<SearchHit> search(SearchRequest request, float[] vector) {
    if (request.mode() != SearchRequest.Mode.VECTOR
        && !has(Defect.SERVES_MODES_IT_DOES_NOT_OFFER)) {
      throw new IllegalArgumentException("vector search only");
    }
    StoreModel model = model(List.copyOf(history));
    int dimension = model.settings().dimension();
    if (vector == null || dimension != 0 && dimension != vector.length) {
      if (has(Defect.TAKES_ANY_QUERY_VECTOR)) {
        return List.of();
      }
      throw new IllegalArgumentException("a query vector has " + dimension + " floats");
    }
    Filter filter = has(Defect.IGNORES_THE_FILTER) ? Filter.ALL : request.filter();
    String source = has(Defect.IGNORES_THE_SOURCE) ? null : request.source();
    int top = request.top() - (has(Defect.ONE_HIT_TOO_FEW) ? 1 : 0);
    return model.nearest(vector, filter, source).stream().limit(top).map(this::distorted).toList();
  }

  private SearchHit distorted(SearchHit hit) {
    double score = has(Defect.SCORES_ARE_NO_COSINES) ? (1 + hit.score()) / 2 : hit.score();
    Metadata metadata = has(Defect.HITS_WITHOUT_CHUNK_METADATA) ? Metadata.EMPTY : hit.metadata();
    return new SearchHit(
        score,
        hit.document(),
        hit.chunk(),
        hit.start(),
        hit.end(),
        hit.page(),
        hit.headings(),
        metadata,
        hit.text());
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(Set.of(SearchRequest.Mode.VECTOR), false);
  }

  @Override
  public Info info() {
    return new Info("memory", history.isEmpty() ? 0 : 1, 0, null);
  }

  @Override
  public List<String> check() {
    return has(Defect.CRIES_WOLF) ? List.of("wolf") : List.of();
  }

  @Override
  public void compact() {
    if (writing.get() && !has(Defect.COMPACTS_WHILE_WRITTEN)) {
      throw new StoreBusyException("busy");
    }
    if (has(Defect.COMPACTS_TOO_MUCH)) {
      history.clear();
    }
  }

  @Override
  public void close() {}

  private static StoreModel model(List<List<Mutation>> batches) {
    StoreModel model = new StoreModel();
    batches.forEach(model::apply);
    return model;
  }

  private final class PlainWriter implements StoreWriter {

    private boolean closed;

    @Override
    public long sweep() {
      if (has(Defect.SWEEPING_IS_A_REVISION)) {
        history.add(List.of());
      }
      return 0;
    }

    @Override
    public long commit(List<Mutation> batch) {
      if (closed && !has(Defect.WRITES_AFTER_CLOSE)) {
        throw new IllegalStateException("closed");
      }
      if (has(Defect.SWALLOWS_INTERRUPTS)) {
        Thread.interrupted();
      }
      try (Snapshot before = snapshot()) {
        if (batch.isEmpty() && !has(Defect.AN_EMPTY_BATCH_IS_A_REVISION)) {
          return before.revision();
        }
        if (has(Defect.WRITES_BEFORE_IT_CHECKS)) {
          history.add(batch.subList(0, batch.size() / 2));
        }
        List<Mutation> checked = checked(batch, before);
        if (has(Defect.SHOWS_HALF_A_BATCH)) {
          history.add(checked.subList(0, checked.size() - 1));
          LockSupport.parkNanos(1_000_000);
        }
        history.add(checked);
      }
      try (Snapshot after = snapshot()) {
        return after.revision();
      }
    }

    private List<Mutation> checked(List<Mutation> batch, Snapshot before) {
      List<Mutation> written = new ArrayList<>();
      if (has(Defect.CHECKS_NOTHING)) {
        return batch;
      }
      CheckedBatch checked = CheckedBatch.of(completed(batch), resolving(batch, before));
      written.add(new Mutation.Configure(checked.settings()));
      for (Mutation.Put put : checked.puts()) {
        written.add(has(Defect.KEEPS_STALE_CHUNKS) ? withStale(put, before) : put);
      }
      for (Mutation.Note note : checked.notes()) {
        written.add(
            has(Defect.A_NOTE_TAKES_THE_CHUNKS)
                ? new Mutation.Put(note.state(), List.of(), List.of())
                : note);
      }
      for (Mutation.Remove remove : checked.removes()) {
        written.addAll(removals(remove, before));
      }
      if (has(Defect.IGNORES_SETTINGS)) {
        written.set(0, new Mutation.Configure(Settings.EMPTY.withDimension(8)));
      }
      return has(Defect.DROPS_THE_LAST_MUTATION) ? written.subList(0, written.size() - 1) : written;
    }

    private List<Mutation> completed(List<Mutation> batch) {
      if (!has(Defect.CHECKS_NO_LAYOUT)) {
        return batch;
      }
      return batch.stream().map(this::completed).toList();
    }

    private Mutation completed(Mutation mutation) {
      if (!(mutation instanceof Mutation.Put put)) {
        return mutation;
      }
      List<StoredChunk> chunks =
          put.layout().stream()
              .map(
                  place ->
                      new StoredChunk(
                          place.chunk(),
                          put.state().id(),
                          "made up",
                          "",
                          "",
                          place.embeddingKey(),
                          StoreData.vector("made up")))
              .toList();
      return new Mutation.Put(put.state(), put.layout(), chunks);
    }

    private Snapshot resolving(List<Mutation> batch, Snapshot before) {
      if (!has(Defect.NO_VECTOR_FROM_WHAT_IS_REMOVED)) {
        return before;
      }
      List<List<Mutation>> removed = new ArrayList<>(history);
      removed.add(batch.stream().filter(Mutation.Remove.class::isInstance).toList());
      return new PlainSnapshot(removed);
    }

    private static Mutation withStale(Mutation.Put put, Snapshot before) {
      List<Placement> layout = new ArrayList<>(put.layout());
      Set<Object> named = new HashSet<>();
      layout.forEach(place -> named.add(place.chunk()));
      before.layout(put.state().id()).stream()
          .filter(place -> !named.contains(place.chunk()))
          .forEach(layout::add);
      return new Mutation.Put(put.state(), layout, put.chunks());
    }

    private List<Mutation> removals(Mutation.Remove remove, Snapshot before) {
      if (has(Defect.DROPS_REMOVALS)) {
        return List.of();
      }
      if (!has(Defect.REMOVES_BY_KEY_ALONE)) {
        return List.of(remove);
      }
      return before.sources().stream()
          .map(source -> new DocumentId(source, remove.id().key()))
          .map(id -> (Mutation) new Mutation.Remove(id))
          .toList();
    }

    @Override
    public void close() {
      closed = true;
      writing.set(false);
    }
  }

  private final class PlainSnapshot implements Snapshot {

    private final List<List<Mutation>> batches;
    private final StoreModel model;

    PlainSnapshot(List<List<Mutation>> batches) {
      this.batches = batches;
      this.model = PlainStore.model(batches);
    }

    private StoreModel model() {
      return has(Defect.SNAPSHOTS_MOVE_ON) ? PlainStore.model(List.copyOf(history)) : model;
    }

    @Override
    public long revision() {
      if (has(Defect.A_NOTE_IS_NO_REVISION)) {
        return batches.stream()
            .filter(batch -> batch.stream().noneMatch(Mutation.Note.class::isInstance))
            .count();
      }
      return batches.size() + (has(Defect.STARTS_AT_ONE) ? 1 : 0);
    }

    @Override
    public Settings settings() {
      return model().settings();
    }

    @Override
    public Counts counts() {
      return model().counts();
    }

    @Override
    public Set<String> sources() {
      return model().sources();
    }

    @Override
    public Stream<DocumentState> states(String source) {
      StoreModel model = model();
      return model.ids().stream()
          .filter(id -> id.source().equals(source) || has(Defect.STATES_OF_ALL_SOURCES))
          .map(model::state);
    }

    @Override
    public DocumentState state(DocumentId id) {
      return model().ids().contains(id) ? model().state(id) : null;
    }

    @Override
    public List<Placement> layout(DocumentId id) {
      return model().layout(id);
    }

    @Override
    public List<StoredChunk> chunks(DocumentId id) {
      List<StoredChunk> chunks = model().chunks(id);
      return has(Defect.CHUNKS_IN_WRONG_ORDER) ? chunks.reversed() : chunks;
    }

    @Override
    public Set<Fingerprint> known(Set<Fingerprint> embeddingKeys) {
      return new TreeSet<>(vectors(embeddingKeys).keySet());
    }

    @Override
    public Map<Fingerprint, float[]> vectors(Set<Fingerprint> embeddingKeys) {
      Map<Fingerprint, float[]> found = new HashMap<>();
      StoreModel model = model();
      for (DocumentId id : model.ids()) {
        if (id.source().equals("docs") || !has(Defect.KNOWS_ONLY_ONE_SOURCE)) {
          model.chunks(id).stream()
              .filter(chunk -> embeddingKeys.contains(chunk.embeddingKey()))
              .forEach(
                  chunk -> found.put(chunk.embeddingKey(), Objects.requireNonNull(chunk.vector())));
        }
      }
      return found;
    }

    @Override
    public void close() {}
  }
}
