package dev.ragindex.core;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.Placement;
import dev.ragindex.api.Settings;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.StoredChunk;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Writes whole documents, with their vectors, in batches of bounded size. Stopped at any moment,
 * every document is there or not; what is there need not be copied again.
 */
final class DocumentCopier {

  private static final int CHUNKS = 1_000;
  private static final int DOCUMENTS = 1_000;

  private final StoreWriter writer;
  private final Snapshot before;
  private final List<Mutation> batch = new ArrayList<>();
  private final List<DocumentId> kept = new ArrayList<>();
  private Settings committed;
  private Settings settings;
  private int waiting;
  private long copied;
  private long chunks;
  private long unchanged;

  /**
   * A copier into a store.
   *
   * @param before the store as the writer found it
   * @param settings what it is to remember, committed with the first batch
   */
  DocumentCopier(StoreWriter writer, Snapshot before, Settings settings) {
    this.writer = writer;
    this.before = before;
    this.committed = before.settings();
    this.settings = settings;
  }

  /** Has the store remember settings of a source that it does not know yet. */
  void remember(String source, Map<String, String> ofSource) {
    if (!settings.sources().containsKey(source)) {
      settings = settings.withSource(source, ofSource);
    }
  }

  /** Notes that a document is there already, just so. */
  void unchanged() {
    unchanged++;
  }

  /** Notes that the store has another version of a document, which stays. */
  void keep(DocumentId id) {
    kept.add(id);
  }

  /**
   * Writes a document over whatever the store has of it; its chunks that are there already stay.
   */
  void copy(StoredDocument document) {
    Set<Pair> there = new HashSet<>();
    before.layout(document.state().id()).forEach(at -> there.add(Pair.of(at)));
    List<StoredChunk> fresh =
        document.chunks().stream()
            .filter(chunk -> !there.contains(new Pair(chunk.id(), chunk.embeddingKey())))
            .toList();
    batch.add(new Mutation.Put(document.state(), document.layout(), fresh));
    copied++;
    waiting += fresh.size();
    chunks += fresh.size();
    if (waiting >= CHUNKS || batch.size() >= DOCUMENTS) {
      commit();
    }
  }

  /** Commits what is left. */
  CopyReport finish() {
    commit();
    return new CopyReport(copied, chunks, unchanged, kept);
  }

  private void commit() {
    if (!settings.equals(committed)) {
      batch.add(new Mutation.Configure(settings));
    }
    if (!batch.isEmpty()) {
      writer.commit(batch);
    }
    committed = settings;
    batch.clear();
    waiting = 0;
  }

  /** What decides that a stored chunk can stay. */
  private record Pair(UUID chunk, Fingerprint embeddingKey) {
    static Pair of(Placement at) {
      return new Pair(at.chunk(), at.embeddingKey());
    }
  }
}
