package dev.ragindex.core;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.Placement;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.StoredChunk;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds usable vectors in a store that is damaged. Of several chunks under one key a store gives
 * the vector of any; here all of them are looked at until one is sound. Walks through all layouts.
 */
final class SoundVectors {

  private final Snapshot snapshot;
  private final Fingerprint embedder;
  private final int dimension;
  private final Set<Fingerprint> wanted;
  private final Map<Fingerprint, float[]> found = new HashMap<>();

  private SoundVectors(Snapshot snapshot, Fingerprint embedder, Set<Fingerprint> keys) {
    this.snapshot = snapshot;
    this.embedder = embedder;
    this.dimension = snapshot.settings().dimension();
    this.wanted = new HashSet<>(keys);
  }

  /** A vector for each of the keys of which the store has a sound one. */
  static Map<Fingerprint, float[]> find(
      Snapshot snapshot, Fingerprint embedder, Set<Fingerprint> keys) {
    SoundVectors search = new SoundVectors(snapshot, embedder, keys);
    for (String source : snapshot.sources()) {
      try (Stream<DocumentState> states = snapshot.states(source)) {
        states.takeWhile(state -> !search.wanted.isEmpty()).forEach(search::look);
      }
    }
    return search.found;
  }

  private void look(DocumentState state) {
    Set<Fingerprint> here = new HashSet<>();
    for (Placement placement : snapshot.layout(state.id())) {
      if (wanted.contains(placement.embeddingKey())) {
        here.add(placement.embeddingKey());
      }
    }
    if (!here.isEmpty()) {
      look(state.id(), here);
    }
  }

  private void look(DocumentId id, Set<Fingerprint> here) {
    List<StoredChunk> chunks;
    try {
      chunks = snapshot.chunks(id);
    } catch (IndexingException e) {
      // One of its chunks is missing; those that are there can still be asked for by their keys.
      snapshot.vectors(here).forEach(this::take);
      return;
    }
    for (StoredChunk chunk : chunks) {
      float[] vector = chunk.vector();
      if (vector != null && Damage.isSound(chunk, embedder, dimension)) {
        take(chunk.embeddingKey(), vector);
      }
    }
  }

  private void take(Fingerprint key, float[] vector) {
    if (Damage.wrong(vector, dimension) == null && wanted.remove(key)) {
      found.put(key, vector);
    }
  }
}
