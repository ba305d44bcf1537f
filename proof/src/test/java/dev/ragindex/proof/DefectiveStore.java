package dev.ragindex.proof;

import dev.ragindex.api.CheckedBatch;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A store with one defect in how it commits; finds nothing, as no search is needed. */
final class DefectiveStore implements VectorStore {

  /** What is wrong with it. */
  enum Defect {
    NONE,
    COMMITS_RECORDS_BEFORE_CHUNKS,
    DROPS_A_MUTATION,
    ACKNOWLEDGES_EARLY,
    LEAVES_HALF_A_BATCH
  }

  private final Defect defect;
  private final Lifetime life;
  private final AtomicReference<Data> durable;

  private DefectiveStore(Defect defect, Lifetime life, AtomicReference<Data> durable) {
    this.defect = defect;
    this.life = life;
    this.durable = durable;
  }

  /** An empty place for such stores. */
  static Place place(Defect defect) {
    AtomicReference<Data> durable =
        new AtomicReference<>(new Data(0, Settings.EMPTY, new TreeMap<>()));
    return new Place() {
      @Override
      public VectorStore open(Lifetime life) {
        return new DefectiveStore(defect, life, durable);
      }

      @Override
      public void crash() {}
    };
  }

  @Override
  public Snapshot snapshot() {
    return new DataSnapshot(durable.get());
  }

  @Override
  public StoreWriter writer() {
    return new DefectiveWriter();
  }

  @Override
  public List<SearchHit> search(SearchRequest request, float[] vector) {
    return List.of();
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(Set.of(SearchRequest.Mode.VECTOR), true);
  }

  @Override
  public Info info() {
    return new Info("memory", 1, 0, null);
  }

  @Override
  public List<String> check() {
    return List.of();
  }

  @Override
  public void compact() {}

  @Override
  public void close() {}

  /** What is durable. */
  private record Data(
      long revision, Settings settings, SortedMap<DocumentId, IndexDump.Entry> documents) {

    Data with(Settings newSettings, List<Mutation> mutations) {
      SortedMap<DocumentId, IndexDump.Entry> next = new TreeMap<>(documents);
      for (Mutation mutation : mutations) {
        switch (mutation) {
          case Mutation.Put put -> next.put(put.state().id(), put(put));
          case Mutation.Note note -> next.put(note.state().id(), noted(note.state()));
          case Mutation.Remove remove -> next.remove(remove.id());
          case Mutation.Configure configure -> {}
        }
      }
      return new Data(revision + 1, newSettings, next);
    }

    private IndexDump.Entry put(Mutation.Put put) {
      Map<UUID, StoredChunk> chunks = new HashMap<>();
      entry(put.state()).chunks().forEach(chunk -> chunks.put(chunk.id(), chunk));
      put.chunks().forEach(chunk -> chunks.put(chunk.id(), chunk));
      List<StoredChunk> placed = put.layout().stream().map(at -> chunks.get(at.chunk())).toList();
      return new IndexDump.Entry(put.state(), put.layout(), placed);
    }

    private IndexDump.Entry noted(DocumentState state) {
      IndexDump.Entry old = entry(state);
      return new IndexDump.Entry(state, old.layout(), old.chunks());
    }

    IndexDump.Entry entry(DocumentState state) {
      return documents.getOrDefault(state.id(), new IndexDump.Entry(state, List.of(), List.of()));
    }
  }

  private final class DefectiveWriter implements StoreWriter {

    private Data latest = durable.get();

    @Override
    public long sweep() {
      return 0;
    }

    @Override
    public long commit(List<Mutation> batch) {
      CheckedBatch checked = CheckedBatch.of(batch, new DataSnapshot(latest));
      List<Mutation> all = new ArrayList<>(checked.puts());
      all.addAll(checked.notes());
      all.addAll(checked.removes());
      durable.set(latest);
      latest = latest.with(checked.settings(), all);
      switch (defect) {
        case NONE -> durable.set(latest);
        case COMMITS_RECORDS_BEFORE_CHUNKS -> {
          List<Mutation> records = all.stream().map(this::recordOnly).toList();
          durable.set(durable.get().with(checked.settings(), records));
          life.step();
          durable.set(latest);
        }
        case DROPS_A_MUTATION -> {
          List<Mutation> most = all.subList(0, Math.max(0, all.size() - 1));
          latest = durable.get().with(checked.settings(), most);
          durable.set(latest);
        }
        case ACKNOWLEDGES_EARLY -> {} // durable with the next commit, or when closed
        case LEAVES_HALF_A_BATCH -> {
          durable.set(durable.get().with(checked.settings(), all.subList(0, all.size() / 2)));
          life.step();
          durable.set(latest);
        }
      }
      return latest.revision();
    }

    private Mutation recordOnly(Mutation mutation) {
      return mutation instanceof Mutation.Put put ? new Mutation.Note(put.state()) : mutation;
    }

    @Override
    public void close() {
      if (!life.over()) {
        durable.set(latest);
      }
    }
  }

  private record DataSnapshot(Data data) implements Snapshot {

    @Override
    public long revision() {
      return data.revision();
    }

    @Override
    public Settings settings() {
      return data.settings();
    }

    @Override
    public Counts counts() {
      long chunks = data.documents().values().stream().mapToLong(e -> e.chunks().size()).sum();
      return new Counts(data.documents().size(), chunks);
    }

    @Override
    public Set<String> sources() {
      Set<String> sources = new TreeSet<>(data.settings().sources().keySet());
      data.documents().keySet().forEach(id -> sources.add(id.source()));
      return sources;
    }

    @Override
    public Stream<DocumentState> states(String source) {
      return data.documents().values().stream()
          .map(IndexDump.Entry::state)
          .filter(state -> state.id().source().equals(source));
    }

    @Override
    public DocumentState state(DocumentId id) {
      IndexDump.Entry entry = data.documents().get(id);
      return entry == null ? null : entry.state();
    }

    @Override
    public List<Placement> layout(DocumentId id) {
      IndexDump.Entry entry = data.documents().get(id);
      return entry == null ? List.of() : entry.layout();
    }

    @Override
    public List<StoredChunk> chunks(DocumentId id) {
      IndexDump.Entry entry = data.documents().get(id);
      return entry == null ? List.of() : entry.chunks();
    }

    @Override
    public Set<Fingerprint> known(Set<Fingerprint> embeddingKeys) {
      return vectors(embeddingKeys).keySet();
    }

    @Override
    public Map<Fingerprint, float[]> vectors(Set<Fingerprint> embeddingKeys) {
      return data.documents().values().stream()
          .flatMap(entry -> entry.chunks().stream())
          .filter(chunk -> embeddingKeys.contains(chunk.embeddingKey()))
          .collect(Collectors.toMap(StoredChunk::embeddingKey, StoredChunk::vector, (a, b) -> a));
    }

    @Override
    public void close() {}
  }
}
