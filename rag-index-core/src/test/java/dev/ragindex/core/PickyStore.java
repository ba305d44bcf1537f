package dev.ragindex.core;

import dev.ragindex.api.Mutation;
import dev.ragindex.api.SearchHit;
import dev.ragindex.api.SearchRequest;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.VectorStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A store that lets a test look at each batch before it is committed, and object; it counts its
 * snapshots.
 */
final class PickyStore implements VectorStore {

  final List<List<Mutation>> committed = new CopyOnWriteArrayList<>();
  final AtomicInteger snapshots = new AtomicInteger();
  Consumer<List<Mutation>> objection = batch -> {};
  private final VectorStore store;

  PickyStore(VectorStore store) {
    this.store = store;
  }

  @Override
  public Snapshot snapshot() {
    snapshots.incrementAndGet();
    return store.snapshot();
  }

  @Override
  public StoreWriter writer() {
    StoreWriter writer = store.writer();
    return new StoreWriter() {
      @Override
      public long commit(List<Mutation> batch) {
        objection.accept(batch);
        long revision = writer.commit(batch);
        committed.add(batch);
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
}
