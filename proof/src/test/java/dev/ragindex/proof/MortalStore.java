package dev.ragindex.proof;

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
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A store as a mortal process has it: each operation is a chance to die. Thread-safe. */
final class MortalStore implements VectorStore {

  private final VectorStore store;
  private final Lifetime life;
  private final Queue<AutoCloseable> handles = new ConcurrentLinkedQueue<>();
  private final AtomicLong acknowledged = new AtomicLong();

  MortalStore(VectorStore store, Lifetime life) {
    this.store = store;
    this.life = life;
    handles.add(store);
  }

  /** The last revision that a commit returned. */
  long acknowledged() {
    return acknowledged.get();
  }

  /** Takes the handles off a dead process, as the operating system does. */
  void abandon() {
    for (AutoCloseable handle : List.copyOf(handles).reversed()) {
      try {
        handle.close();
      } catch (Exception e) {
        // its medium is dead already: a handle that can no longer be closed in order is the rule
      }
    }
  }

  @Override
  public Snapshot snapshot() {
    return life.around(
        () -> {
          Snapshot snapshot = store.snapshot();
          handles.add(snapshot);
          return new MortalSnapshot(snapshot);
        });
  }

  @Override
  public StoreWriter writer() {
    return life.around(
        () -> {
          StoreWriter writer = store.writer();
          handles.add(writer);
          return new MortalWriter(writer);
        });
  }

  @Override
  public List<SearchHit> search(SearchRequest request, float[] vector) {
    return life.around(() -> store.search(request, vector));
  }

  @Override
  public Capabilities capabilities() {
    return store.capabilities();
  }

  @Override
  public Info info() {
    return life.around(store::info);
  }

  @Override
  public List<String> check() {
    return life.around(store::check);
  }

  @Override
  public void compact() {
    life.around(
        () -> {
          store.compact();
          return true;
        });
  }

  @Override
  public void close() {
    close(store);
  }

  private void close(AutoCloseable handle) {
    life.step();
    try {
      handle.close();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    handles.remove(handle);
    life.step();
  }

  private final class MortalWriter implements StoreWriter {

    private final StoreWriter writer;

    MortalWriter(StoreWriter writer) {
      this.writer = writer;
    }

    @Override
    public long commit(List<Mutation> batch) {
      return life.around(
          () -> {
            long revision = writer.commit(batch);
            life.step();
            acknowledged.set(revision);
            return revision;
          });
    }

    @Override
    public long sweep() {
      return life.around(writer::sweep);
    }

    @Override
    public void close() {
      MortalStore.this.close(writer);
    }
  }

  private final class MortalSnapshot implements Snapshot {

    private final Snapshot snapshot;

    MortalSnapshot(Snapshot snapshot) {
      this.snapshot = snapshot;
    }

    private <T> T read(Supplier<T> question) {
      return life.around(question);
    }

    @Override
    public long revision() {
      return read(snapshot::revision);
    }

    @Override
    public Settings settings() {
      return read(snapshot::settings);
    }

    @Override
    public Counts counts() {
      return read(snapshot::counts);
    }

    @Override
    public Set<String> sources() {
      return read(snapshot::sources);
    }

    @Override
    public Stream<DocumentState> states(String source) {
      return read(() -> snapshot.states(source));
    }

    @Override
    public DocumentState state(DocumentId id) {
      return read(() -> snapshot.state(id));
    }

    @Override
    public List<Placement> layout(DocumentId id) {
      return read(() -> snapshot.layout(id));
    }

    @Override
    public List<StoredChunk> chunks(DocumentId id) {
      return read(() -> snapshot.chunks(id));
    }

    @Override
    public Set<Fingerprint> known(Set<Fingerprint> embeddingKeys) {
      return read(() -> snapshot.known(embeddingKeys));
    }

    @Override
    public Map<Fingerprint, float[]> vectors(Set<Fingerprint> embeddingKeys) {
      return read(() -> snapshot.vectors(embeddingKeys));
    }

    @Override
    public void close() {
      MortalStore.this.close(snapshot);
    }
  }
}
