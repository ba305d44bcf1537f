package dev.ragindex.core.memory;

import static java.util.Objects.requireNonNull;

import dev.ragindex.api.CheckedBatch;
import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.Placement;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.StoredChunk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** The one writer of an in-memory store. */
final class MemoryWriter implements StoreWriter {

  private final AtomicReference<MemorySnapshot> last;
  private final AtomicBoolean writing;
  private boolean closed;

  /** Takes over the right to write, and gives it back when closed. */
  MemoryWriter(AtomicReference<MemorySnapshot> last, AtomicBoolean writing) {
    this.last = last;
    this.writing = writing;
  }

  /** Documents hold their chunks, so there is none without one. */
  @Override
  public long sweep() {
    requireOpen();
    return 0;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the writer is closed; open a new one");
    }
  }

  @Override
  public long commit(List<Mutation> batch) {
    requireOpen();
    MemorySnapshot before = last.get();
    if (batch.isEmpty()) {
      return before.revision();
    }
    CheckedBatch checked = CheckedBatch.of(batch, before);
    SortedMap<DocumentId, MemoryDocument> documents = new TreeMap<>(before.documents());
    for (Mutation.Put put : checked.puts()) {
      documents.put(put.state().id(), document(put, before));
    }
    for (Mutation.Note note : checked.notes()) {
      DocumentId id = note.state().id();
      documents.put(id, new MemoryDocument(note.state(), before.layout(id), before.chunks(id)));
    }
    for (Mutation.Remove remove : checked.removes()) {
      documents.remove(remove.id());
    }
    long revision = before.revision() + 1;
    last.set(new MemorySnapshot(revision, checked.settings(), documents));
    return revision;
  }

  private static MemoryDocument document(Mutation.Put put, MemorySnapshot before) {
    Map<UUID, StoredChunk> chunks = new HashMap<>();
    before.chunks(put.state().id()).forEach(chunk -> chunks.put(chunk.id(), chunk));
    put.chunks().forEach(chunk -> chunks.put(chunk.id(), ownCopy(chunk)));
    List<StoredChunk> inOrder =
        put.layout().stream()
            .map(Placement::chunk)
            .map(id -> requireNonNull(chunks.get(id)))
            .toList();
    return new MemoryDocument(put.state(), put.layout(), inOrder);
  }

  private static StoredChunk ownCopy(StoredChunk chunk) {
    return chunk.withVector(requireNonNull(chunk.vector()).clone());
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      writing.set(false);
    }
  }
}
