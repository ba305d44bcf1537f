package dev.ragindex.core;

import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.StoredChunk;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts what a run would embed and embeds nothing: each key once, unless the store knows it.
 * Thread-safe.
 */
final class PlannedVectors implements ChunkVectors {

  private final Snapshot before;
  private final Set<Fingerprint> planned = ConcurrentHashMap.newKeySet();

  PlannedVectors(Snapshot before) {
    this.before = before;
  }

  @Override
  public Resolved resolve(List<StoredChunk> chunks, List<Integer> tokens) {
    Map<Fingerprint, Integer> needed = new HashMap<>();
    for (int i = 0; i < chunks.size(); i++) {
      needed.putIfAbsent(chunks.get(i).embeddingKey(), tokens.get(i));
    }
    needed.keySet().removeAll(Set.copyOf(before.known(needed.keySet())));
    Set<Fingerprint> reused = new HashSet<>(needed.keySet());
    reused.removeIf(planned::add);
    needed.keySet().removeAll(reused);
    long sum = needed.values().stream().mapToLong(Integer::longValue).sum();
    return new Resolved(Map.of(), Set.copyOf(needed.keySet()), Set.of(), reused, sum);
  }
}
