package dev.ragindex.core.memory;

import dev.ragindex.api.SearchHit;
import dev.ragindex.api.SearchRequest;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.StoreBusyException;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.VectorStore;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A vector store in memory, gone with the process: for tests, for a few thousand documents, and as
 * the reference that says what a store does in the fewest words. A commit makes a new immutable
 * state and swaps it in; a search compares with every chunk. Thread-safe.
 *
 * <pre>{@code
 * VectorStore store = InMemoryStore.create();
 * }</pre>
 */
public final class InMemoryStore implements VectorStore {

  private final AtomicReference<MemorySnapshot> last = new AtomicReference<>(MemorySnapshot.EMPTY);
  private final AtomicBoolean writing = new AtomicBoolean();

  private InMemoryStore() {}

  /**
   * Makes an empty store.
   *
   * @return the store
   */
  public static InMemoryStore create() {
    return new InMemoryStore();
  }

  @Override
  public Snapshot snapshot() {
    return last.get();
  }

  @Override
  public StoreWriter writer() {
    if (!writing.compareAndSet(false, true)) {
      throw new StoreBusyException("this store in memory has a writer already; close that first");
    }
    return new MemoryWriter(last, writing);
  }

  @Override
  public List<SearchHit> search(SearchRequest request, float @Nullable [] vector) {
    return new MemorySearch(last.get(), request).hits(vector);
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(EnumSet.allOf(SearchRequest.Mode.class), false);
  }

  @Override
  public Info info() {
    return new Info("memory", last.get().revision() == 0 ? 0 : 1, 0, false);
  }

  /** Finds nothing: there are no files that could be damaged. */
  @Override
  public List<String> check() {
    return List.of();
  }

  /** Only asks for the right to write: what was deleted went with the commit that deleted it. */
  @Override
  public void compact() {
    writer().close();
  }

  /** Changes nothing; what the store holds goes with the store itself. */
  @Override
  public void close() {}
}
