package dev.ragindex.core;

import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.StoredChunk;
import dev.ragindex.core.memory.InMemoryStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes damaged documents whole, in batches that are each one commit: a vector that is sound
 * anywhere in the store is taken from there, what is left is embedded.
 */
final class Repair {

  private static final int CHUNKS = 500;
  private static final int DOCUMENTS = 100;

  private final StoreWriter writer;
  private final Snapshot before;
  private final Embedding embedding;
  private final Fingerprint embedderFingerprint;
  private final Remedies remedies;
  private final List<Remedy> batch = new ArrayList<>();
  private final List<VerifyReport.Finding> repaired = new ArrayList<>();
  private final List<VerifyReport.Finding> removed = new ArrayList<>();

  /**
   * What was done, an entry for each document that was damaged.
   *
   * @param repaired documents that are whole again
   * @param removed documents that are out of the index until a sync reads them
   */
  record Done(List<VerifyReport.Finding> repaired, List<VerifyReport.Finding> removed) {

    /** With chunks deleted that no record accounted for. */
    Done swept(long chunks) {
      if (chunks == 0) {
        return this;
      }
      List<VerifyReport.Finding> all = new ArrayList<>(repaired);
      all.add(
          VerifyReport.Finding.ofStore(
              "%d chunks deleted that no record accounted for".formatted(chunks)));
      return new Done(all, removed);
    }

    /** What a later look found, and what was done before. */
    VerifyReport report(VerifyReport after) {
      List<VerifyReport.Finding> findings = new ArrayList<>(removed);
      findings.addAll(after.findings());
      return new VerifyReport(
          after.documents(), after.chunks(), List.copyOf(new LinkedHashSet<>(findings)), repaired);
    }
  }

  /**
   * A repair of all that a snapshot shows.
   *
   * @param before the store as the writer found it
   */
  Repair(StoreWriter writer, Snapshot before, Embedding embedding, Remedies remedies) {
    this.writer = writer;
    this.before = before;
    this.embedding = embedding;
    this.embedderFingerprint = embedding.embedder().signature().fingerprint();
    this.remedies = remedies;
  }

  /** Does it. */
  Done run() {
    new Verification(before, embedderFingerprint)
        .forEachDamaged((state, damage) -> add(remedies.remedy(state, damage)));
    commit();
    return new Done(repaired, removed);
  }

  private void add(Remedy remedy) {
    batch.add(remedy);
    int chunks = batch.stream().mapToInt(one -> one.chunks().size()).sum();
    if (chunks >= CHUNKS || batch.size() >= DOCUMENTS) {
      commit();
    }
  }

  private void commit() {
    List<StoredChunk> chunks = batch.stream().flatMap(one -> one.chunks().stream()).toList();
    Map<Fingerprint, float[]> vectors = vectors(chunks);
    List<Mutation> mutations = batch.stream().map(one -> one.put(vectors)).toList();
    if (!mutations.isEmpty()) {
      writer.commit(mutations);
    }
    batch.forEach(one -> (one.whole() ? repaired : removed).add(one.finding()));
    batch.clear();
  }

  private Map<Fingerprint, float[]> vectors(List<StoredChunk> chunks) {
    Set<Fingerprint> keys = new HashSet<>();
    chunks.forEach(chunk -> keys.add(chunk.embeddingKey()));
    Map<Fingerprint, float[]> vectors = SoundVectors.find(before, embedderFingerprint, keys);
    List<StoredChunk> lost =
        chunks.stream().filter(chunk -> !vectors.containsKey(chunk.embeddingKey())).toList();
    vectors.putAll(embedded(lost));
    return vectors;
  }

  /** Embeds as a run does, on a store that knows nothing: what this one knows is not sound. */
  private Map<Fingerprint, float[]> embedded(List<StoredChunk> chunks) {
    List<Integer> tokens =
        chunks.stream()
            .map(one -> StoredChunk.embeddedText(one.context(), one.overlap(), one.text()))
            .map(embedding.embedder().tokenCounter()::count)
            .toList();
    try (InMemoryStore nothing = InMemoryStore.create();
        Snapshot empty = nothing.snapshot();
        RunVectors vectors =
            new RunVectors(embedding, nothing, empty, new StageTimes(), new TokenBudget(null))) {
      return vectors.resolve(chunks, tokens).vectors();
    }
  }
}
