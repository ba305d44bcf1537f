package dev.ragindex.core;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.Placement;
import dev.ragindex.api.SearchHit;
import dev.ragindex.api.SearchRequest;
import dev.ragindex.api.Settings;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.Stage;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.StoredChunk;
import dev.ragindex.api.VectorStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A store whose medium spoils chunks as a test says, until they are written again. Asked for the
 * vector of a key that several chunks have, it gives the worst it has.
 */
final class DamagedStore implements VectorStore {

  private final VectorStore store;
  private final Map<UUID, UnaryOperator<StoredChunk>> damage = new HashMap<>();

  DamagedStore(VectorStore store) {
    this.store = store;
  }

  /** Spoils a chunk; null for one that is lost. */
  void damage(UUID chunk, UnaryOperator<StoredChunk> how) {
    damage.put(chunk, how);
  }

  @Override
  public Snapshot snapshot() {
    return new DamagedSnapshot(store.snapshot(), Map.copyOf(damage));
  }

  @Override
  public StoreWriter writer() {
    StoreWriter writer = store.writer();
    return new StoreWriter() {
      @Override
      public long commit(List<Mutation> batch) {
        long revision = writer.commit(batch);
        for (Mutation mutation : batch) {
          if (mutation instanceof Mutation.Put put) {
            put.chunks().forEach(chunk -> damage.remove(chunk.id()));
          }
        }
        return revision;
      }

      @Override
      public long sweep() {
        return writer.sweep();
      }

      @Override
      public void close() {
        writer.close();
      }
    };
  }

  @Override
  public List<SearchHit> search(SearchRequest request, float @Nullable [] vector) {
    return store.search(request, vector);
  }

  @Override
  public Capabilities capabilities() {
    return store.capabilities();
  }

  @Override
  public Info info() {
    return store.info();
  }

  @Override
  public List<String> check() {
    return store.check();
  }

  @Override
  public void compact() {
    store.compact();
  }

  @Override
  public void close() {
    store.close();
  }

  private record DamagedSnapshot(Snapshot snapshot, Map<UUID, UnaryOperator<StoredChunk>> damage)
      implements Snapshot {

    @Override
    public List<StoredChunk> chunks(DocumentId id) {
      return snapshot.chunks(id).stream().map(this::spoiled).toList();
    }

    private StoredChunk spoiled(StoredChunk chunk) {
      StoredChunk spoiled = damage.getOrDefault(chunk.id(), UnaryOperator.identity()).apply(chunk);
      if (spoiled == null) {
        throw new IndexingException(
            Stage.STORE, IndexingException.Kind.INFRASTRUCTURE, "chunk " + chunk.id() + " is lost");
      }
      return spoiled;
    }

    @Override
    public Map<Fingerprint, float[]> vectors(Set<Fingerprint> keys) {
      Map<Fingerprint, float[]> vectors = new HashMap<>(snapshot.vectors(keys));
      for (String source : sources()) {
        for (DocumentState state : states(source).toList()) {
          for (StoredChunk chunk : snapshot.chunks(state.id())) {
            if (damage.containsKey(chunk.id()) && keys.contains(chunk.embeddingKey())) {
              StoredChunk spoiled = damage.get(chunk.id()).apply(chunk);
              if (spoiled != null) {
                vectors.put(chunk.embeddingKey(), spoiled.vector());
              }
            }
          }
        }
      }
      return vectors;
    }

    @Override
    public long revision() {
      return snapshot.revision();
    }

    @Override
    public Settings settings() {
      return snapshot.settings();
    }

    @Override
    public Counts counts() {
      return snapshot.counts();
    }

    @Override
    public Set<String> sources() {
      return snapshot.sources();
    }

    @Override
    public Stream<DocumentState> states(String source) {
      return snapshot.states(source);
    }

    @Override
    public @Nullable DocumentState state(DocumentId id) {
      return snapshot.state(id);
    }

    @Override
    public List<Placement> layout(DocumentId id) {
      return snapshot.layout(id);
    }

    @Override
    public Set<Fingerprint> known(Set<Fingerprint> keys) {
      return snapshot.known(keys);
    }

    @Override
    public void close() {
      snapshot.close();
    }
  }
}
