package dev.ragindex.store.pgvector;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.Placement;
import dev.ragindex.api.Settings;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.StoredChunk;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A collection that was never written, or whose tables are not there. */
record EmptySnapshot() implements Snapshot {

  @Override
  public long revision() {
    return 0;
  }

  @Override
  public Settings settings() {
    return Settings.EMPTY;
  }

  @Override
  public Counts counts() {
    return new Counts(0, 0);
  }

  @Override
  public Set<String> sources() {
    return Set.of();
  }

  @Override
  public Stream<DocumentState> states(String source) {
    return Stream.empty();
  }

  @Override
  public @Nullable DocumentState state(DocumentId id) {
    return null;
  }

  @Override
  public List<Placement> layout(DocumentId id) {
    return List.of();
  }

  @Override
  public List<StoredChunk> chunks(DocumentId id) {
    return List.of();
  }

  @Override
  public Set<Fingerprint> known(Set<Fingerprint> embeddingKeys) {
    return Set.of();
  }

  @Override
  public Map<Fingerprint, float[]> vectors(Set<Fingerprint> embeddingKeys) {
    return Map.of();
  }

  @Override
  public void close() {}
}
