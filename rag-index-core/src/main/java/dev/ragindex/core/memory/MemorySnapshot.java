package dev.ragindex.core.memory;

import static java.util.Objects.requireNonNull;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.Placement;
import dev.ragindex.api.Settings;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.StoredChunk;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One commit of the in-memory store, immutable. */
final class MemorySnapshot implements Snapshot {

  static final MemorySnapshot EMPTY = new MemorySnapshot(0, Settings.EMPTY, new TreeMap<>());

  private final long revision;
  private final Settings settings;
  private final SortedMap<DocumentId, MemoryDocument> documents;
  private final Map<Fingerprint, float[]> vectors = new HashMap<>();

  MemorySnapshot(
      long revision, Settings settings, SortedMap<DocumentId, MemoryDocument> documents) {
    this.revision = revision;
    this.settings = settings;
    this.documents = Collections.unmodifiableSortedMap(documents);
    for (MemoryDocument document : documents.values()) {
      for (StoredChunk chunk : document.chunks()) {
        vectors.put(chunk.embeddingKey(), requireNonNull(chunk.vector()));
      }
    }
  }

  SortedMap<DocumentId, MemoryDocument> documents() {
    return documents;
  }

  @Override
  public long revision() {
    return revision;
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public Counts counts() {
    return new Counts(
        documents.values().stream().filter(MemoryDocument::counts).count(),
        documents.values().stream().mapToLong(document -> document.chunks().size()).sum());
  }

  @Override
  public Set<String> sources() {
    Set<String> names = new TreeSet<>(settings.sources().keySet());
    documents.keySet().forEach(id -> names.add(id.source()));
    return names;
  }

  @Override
  public Stream<DocumentState> states(String source) {
    return documents.values().stream()
        .map(MemoryDocument::state)
        .filter(state -> state.id().source().equals(source));
  }

  @Override
  public @Nullable DocumentState state(DocumentId id) {
    MemoryDocument document = documents.get(id);
    return document == null ? null : document.state();
  }

  @Override
  public List<Placement> layout(DocumentId id) {
    MemoryDocument document = documents.get(id);
    return document == null ? List.of() : document.layout();
  }

  @Override
  public List<StoredChunk> chunks(DocumentId id) {
    MemoryDocument document = documents.get(id);
    return document == null ? List.of() : document.chunks();
  }

  @Override
  public Set<Fingerprint> known(Set<Fingerprint> embeddingKeys) {
    Set<Fingerprint> known = new HashSet<>(embeddingKeys);
    known.retainAll(vectors.keySet());
    return known;
  }

  @Override
  public Map<Fingerprint, float[]> vectors(Set<Fingerprint> embeddingKeys) {
    Map<Fingerprint, float[]> found = new HashMap<>();
    for (Fingerprint key : known(embeddingKeys)) {
      found.put(key, requireNonNull(vectors.get(key)).clone());
    }
    return found;
  }

  /** Changes nothing; a snapshot lives as long as someone looks at it. */
  @Override
  public void close() {}
}
