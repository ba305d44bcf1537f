package dev.ragindex.app;

import dev.ragindex.api.IndexingException;
import dev.ragindex.api.SearchHit;
import dev.ragindex.api.SearchRequest;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.StoreBusyException;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.VectorStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A store that tells a writer which cannot be opened, when nothing is done yet, from one that fails
 * on the way.
 *
 * @param store the store
 */
record ReachedStore(VectorStore store) implements VectorStore {

  /**
   * Opens the writer.
   *
   * @throws Unreachable if it cannot be opened
   * @throws StoreBusyException if another one is open
   */
  @Override
  public StoreWriter writer() {
    try {
      return store.writer();
    } catch (StoreBusyException busy) {
      throw busy;
    } catch (IndexingException failed) {
      throw new Unreachable(failed);
    }
  }

  @Override
  public Snapshot snapshot() {
    return store.snapshot();
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
