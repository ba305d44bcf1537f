package dev.ragindex.benchmarks.sync;

import dev.ragindex.api.Mutation;
import dev.ragindex.api.SearchHit;
import dev.ragindex.api.SearchRequest;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.VectorStore;
import dev.ragindex.core.memory.InMemoryStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A store that costs nothing and stays empty: what a run then takes is the coordinator's. */
final class DiscardingStore implements VectorStore {

  private final VectorStore empty = InMemoryStore.create();

  @Override
  public Snapshot snapshot() {
    return empty.snapshot();
  }

  @Override
  public StoreWriter writer() {
    return new StoreWriter() {
      @Override
      public long commit(List<Mutation> batch) {
        return 1;
      }

      @Override
      public long sweep() {
        return 0;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public List<SearchHit> search(SearchRequest request, float @Nullable [] vector) {
    return List.of();
  }

  @Override
  public Capabilities capabilities() {
    return empty.capabilities();
  }

  @Override
  public Info info() {
    return empty.info();
  }

  @Override
  public List<String> check() {
    return List.of();
  }

  @Override
  public void compact() {}

  @Override
  public void close() {
    empty.close();
  }
}
