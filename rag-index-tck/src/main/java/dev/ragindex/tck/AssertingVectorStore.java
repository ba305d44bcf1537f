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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A store that watches its user: where the contract is about the caller, it throws an {@link
 * AssertionError}. Put around any store in tests of what writes to stores. Thread-safe.
 *
 * <p>It objects to
 *
 * <ul>
 *   <li>snapshots, streams of states or writers that are not closed when the store is, streams that
 *       outlive their snapshot, anything used after it was closed;
 *   <li>writing while {@linkplain #reading reading} was announced;
 *   <li>two threads in one writer;
 *   <li>a document written twice by one writer, so that it is, for a while, neither the old nor the
 *       new version;
 *   <li>waste: chunks written that are stored already, records and settings written that say what
 *       is stored;
 *   <li>query vectors that are not of unit length.
 * </ul>
 */
public final class AssertingVectorStore implements VectorStore {

  private static final double UNIT_TOLERANCE = 1e-3;

  private final VectorStore store;
  private final Set<Object> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger readers = new AtomicInteger();
  private volatile boolean closed;

  private AssertingVectorStore(VectorStore store) {
    this.store = store;
  }

  /**
   * Watches the user of a store.
   *
   * @param store the store; closing this closes it
   * @return the watched store
   */
  public static AssertingVectorStore of(VectorStore store) {
    return new AssertingVectorStore(store);
  }

  /**
   * Does something that must not write.
   *
   * @param work what only reads
   */
  public void reading(Runnable work) {
    readers.incrementAndGet();
    try {
      work.run();
    } finally {
      readers.decrementAndGet();
    }
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new AssertionError(message);
    }
  }

  private void requireOpen() {
    require(!closed, "the store is used after it was closed");
  }

  @Override
  public Snapshot snapshot() {
    requireOpen();
    return new AssertingSnapshot(store.snapshot());
  }

  @Override
  public StoreWriter writer() {
    requireOpen();
    requireMayWrite();
    return new AssertingWriter(store.writer());
  }

  private void requireMayWrite() {
    require(readers.get() == 0, "written to by something that must only read");
  }

  @Override
  public List<SearchHit> search(SearchRequest request, float @Nullable [] vector) {
    requireOpen();
    if (vector != null) {
      double square = 0;
      for (float value : vector) {
        square += (double) value * value;
      }
      require(
          Math.abs(Math.sqrt(square) - 1) <= UNIT_TOLERANCE,
          "a query vector of length " + Math.sqrt(square));
    }
    return store.search(request, vector);
  }

  @Override
  public Capabilities capabilities() {
    return store.capabilities();
  }

  @Override
  public Info info() {
    requireOpen();
    return store.info();
  }

  @Override
  public List<String> check() {
    requireOpen();
    return store.check();
  }

  @Override
  public void compact() {
    requireOpen();
    requireMayWrite();
    store.compact();
  }

  /** Closes the store, and objects if something that it gave out is still open. */
  @Override
  public void close() {
    closed = true;
    store.close();
    require(open.isEmpty(), "not closed before the store: " + open);
  }

  /** Watches one writer. */
  private final class AssertingWriter implements StoreWriter {

    private final StoreWriter writer;
    private final Set<DocumentId> written = new HashSet<>();
    private final AtomicBoolean busy = new AtomicBoolean();

    AssertingWriter(StoreWriter writer) {
      this.writer = writer;
      open.add(this);
    }

    @Override
    public long commit(List<Mutation> batch) {
      require(open.contains(this), "commit after close");
      requireMayWrite();
      require(busy.compareAndSet(false, true), "two threads in one writer");
      try {
        Set<DocumentId> documents = documents(batch);
        try (Snapshot before = store.snapshot()) {
          batch.forEach(mutation -> requireNoWaste(mutation, before));
        }
        long revision = writer.commit(batch);
        written.addAll(documents);
        return revision;
      } finally {
        busy.set(false);
      }
    }

    @Override
    public long sweep() {
      require(open.contains(this), "sweep after close");
      requireMayWrite();
      return writer.sweep();
    }

    private Set<DocumentId> documents(List<Mutation> batch) {
      Set<DocumentId> documents = new HashSet<>();
      for (Mutation mutation : batch) {
        DocumentId id = document(mutation);
        if (id != null) {
          require(documents.add(id), "named twice in a batch: " + id);
          require(!written.contains(id), "written twice by one writer: " + id);
        }
      }
      return documents;
    }

    @Override
    public void close() {
      writer.close();
      open.remove(this);
    }

    @Override
    public String toString() {
      return "a writer";
    }
  }

  private static @Nullable DocumentId document(Mutation mutation) {
    return switch (mutation) {
      case Mutation.Put put -> put.state().id();
      case Mutation.Note note -> note.state().id();
      case Mutation.Remove remove -> remove.id();
      case Mutation.Configure configure -> null;
    };
  }

  private static void requireNoWaste(Mutation mutation, Snapshot before) {
    switch (mutation) {
      case Mutation.Put put -> {
        Set<Pair> stored = new HashSet<>();
        before
            .layout(put.state().id())
            .forEach(at -> stored.add(new Pair(at.chunk(), at.embeddingKey())));
        put.chunks()
            .forEach(
                chunk ->
                    require(
                        !stored.contains(new Pair(chunk.id(), chunk.embeddingKey())),
                        "written, but stored already: " + chunk));
      }
      case Mutation.Note note ->
          require(
              !note.state().equals(before.state(note.state().id())),
              "a record that says what is stored: " + note.state().id());
      case Mutation.Remove remove ->
          require(before.state(remove.id()) != null, "removed, but never there: " + remove.id());
      case Mutation.Configure configure ->
          require(
              !configure.settings().equals(before.settings()), "settings that are what is stored");
    }
  }

  /** What a stored chunk is known by. */
  private record Pair(Object chunk, Fingerprint embeddingKey) {}

  /** Watches one snapshot. */
  private final class AssertingSnapshot implements Snapshot {

    private final Snapshot snapshot;
    private final AtomicInteger streams = new AtomicInteger();

    AssertingSnapshot(Snapshot snapshot) {
      this.snapshot = snapshot;
      open.add(this);
    }

    private Snapshot open() {
      require(open.contains(this), "a snapshot is used after it was closed");
      return snapshot;
    }

    @Override
    public long revision() {
      return open().revision();
    }

    @Override
    public Settings settings() {
      return open().settings();
    }

    @Override
    public Counts counts() {
      return open().counts();
    }

    @Override
    public Set<String> sources() {
      return open().sources();
    }

    @Override
    public Stream<DocumentState> states(String source) {
      Stream<DocumentState> states = open().states(source);
      streams.incrementAndGet();
      AtomicBoolean closedOnce = new AtomicBoolean();
      return states.onClose(
          () -> {
            if (closedOnce.compareAndSet(false, true)) {
              streams.decrementAndGet();
            }
          });
    }

    @Override
    public @Nullable DocumentState state(DocumentId id) {
      return open().state(id);
    }

    @Override
    public List<Placement> layout(DocumentId id) {
      return open().layout(id);
    }

    @Override
    public List<StoredChunk> chunks(DocumentId id) {
      return open().chunks(id);
    }

    @Override
    public Set<Fingerprint> known(Set<Fingerprint> embeddingKeys) {
      return open().known(embeddingKeys);
    }

    @Override
    public Map<Fingerprint, float[]> vectors(Set<Fingerprint> embeddingKeys) {
      return open().vectors(embeddingKeys);
    }

    @Override
    public void close() {
      if (open.remove(this)) {
        snapshot.close();
        require(streams.get() == 0, streams.get() + " streams outlive their snapshot");
      }
    }

    @Override
    public String toString() {
      return "a snapshot";
    }
  }
}
