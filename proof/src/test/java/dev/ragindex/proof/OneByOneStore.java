package dev.ragindex.proof;

import dev.ragindex.api.Mutation;
import dev.ragindex.api.SearchHit;
import dev.ragindex.api.SearchRequest;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.VectorStore;
import java.util.List;

/** A store that refuses batches of several outcomes, so that each is committed alone. */
record OneByOneStore(VectorStore store) implements VectorStore {

  @Override
  public StoreWriter writer() {
    StoreWriter writer = store.writer();
    return new StoreWriter() {
      @Override
      public long commit(List<Mutation> batch) {
        requireOne(batch);
        return writer.commit(batch);
      }

      @Override
      public void close() {
        writer.close();
      }
    };
  }

  /** One outcome has one record, and a removal if it is a move; or it is a removal alone. */
  private static void requireOne(List<Mutation> batch) {
    long records =
        batch.stream()
            .filter(one -> one instanceof Mutation.Put || one instanceof Mutation.Note)
            .count();
    long removals = batch.stream().filter(Mutation.Remove.class::isInstance).count();
    if (records > 1 || removals > 1) {
      throw new IllegalArgumentException("one at a time, please");
    }
  }

  @Override
  public Snapshot snapshot() {
    return store.snapshot();
  }

  @Override
  public List<SearchHit> search(SearchRequest request, float[] vector) {
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
  public void close() {
    store.close();
  }
}
