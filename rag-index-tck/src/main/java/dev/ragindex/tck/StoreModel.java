package dev.ragindex.tck;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Filter;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.Placement;
import dev.ragindex.api.SearchHit;
import dev.ragindex.api.Settings;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.StoredChunk;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a store should hold, kept in the plainest way, and compared with what it does hold. */
final class StoreModel {

  private final SortedMap<DocumentId, Entry> documents = new TreeMap<>();
  private Settings settings = Settings.EMPTY;

  /** Applies a batch that is known to keep the rules. */
  void apply(List<Mutation> batch) {
    Map<Fingerprint, float[]> known = vectors();
    for (Mutation mutation : batch) {
      if (mutation instanceof Mutation.Put put) {
        put.chunks().stream()
            .filter(chunk -> chunk.vector() != null)
            .forEach(chunk -> known.put(chunk.embeddingKey(), chunk.vector()));
      }
    }
    for (Mutation mutation : batch) {
      switch (mutation) {
        case Mutation.Put put -> put(put, known);
        case Mutation.Note note ->
            documents.merge(
                note.state().id(),
                new Entry(note.state(), List.of()),
                (old, fresh) -> new Entry(note.state(), old.chunks()));
        case Mutation.Remove remove -> documents.remove(remove.id());
        case Mutation.Configure configure -> settings = configure.settings();
      }
    }
  }

  private void put(Mutation.Put put, Map<Fingerprint, float[]> known) {
    Map<UUID, StoredChunk> chunks = new HashMap<>();
    entry(put.state().id()).chunks().forEach(old -> chunks.put(old.chunk().id(), old.chunk()));
    for (StoredChunk chunk : put.chunks()) {
      boolean open = chunk.vector() == null;
      chunks.put(chunk.id(), open ? chunk.withVector(known.get(chunk.embeddingKey())) : chunk);
    }
    List<Placed> placed =
        put.layout().stream()
            .map(placement -> new Placed(placement, requireNonNull(chunks.get(placement.chunk()))))
            .toList();
    documents.put(put.state().id(), new Entry(put.state(), placed));
    for (Placed first : placed) {
      if (settings.dimension() == 0) {
        settings = settings.withDimension(first.vector().length);
      }
    }
  }

  private Entry entry(DocumentId id) {
    DocumentState none = new DocumentState(id, null, null, Metadata.EMPTY, 0, false);
    return documents.getOrDefault(id, new Entry(none, List.of()));
  }

  Set<DocumentId> ids() {
    return documents.keySet();
  }

  DocumentState state(DocumentId id) {
    return entry(id).state();
  }

  List<Placement> layout(DocumentId id) {
    return entry(id).chunks().stream().map(Placed::place).toList();
  }

  List<StoredChunk> chunks(DocumentId id) {
    return entry(id).chunks().stream().map(Placed::chunk).toList();
  }

  Snapshot.Counts counts() {
    return new Snapshot.Counts(
        documents.values().stream().filter(Entry::counts).count(),
        documents.values().stream().mapToLong(entry -> entry.chunks().size()).sum());
  }

  Settings settings() {
    return settings;
  }

  Map<Fingerprint, float[]> vectors() {
    Map<Fingerprint, float[]> vectors = new HashMap<>();
    documents
        .values()
        .forEach(
            entry ->
                entry.chunks().forEach(p -> vectors.put(p.chunk().embeddingKey(), p.vector())));
    return vectors;
  }

  /** Every chunk that a search may find, scored by cosine, best first. */
  List<SearchHit> nearest(float[] query, Filter filter, @Nullable String source) {
    List<SearchHit> hits = new ArrayList<>();
    for (Entry entry : documents.values()) {
      DocumentState state = entry.state();
      boolean searched = source == null || source.equals(state.id().source());
      if (searched && filter.test(state.metadata())) {
        entry.chunks().forEach(placed -> hits.add(placed.hit(state, query)));
      }
    }
    hits.sort(Comparator.comparingDouble(SearchHit::score).reversed());
    return hits;
  }

  /** Compares everything that a snapshot shows. */
  void assertHeldBy(Snapshot snapshot) {
    assertThat(snapshot.settings()).isEqualTo(settings);
    assertThat(snapshot.sources()).isEqualTo(sources());
    assertThat(snapshot.counts()).isEqualTo(counts());
    for (String source : sources()) {
      assertThat(snapshot.states(source).toList())
          .containsExactlyInAnyOrderElementsOf(
              documents.values().stream()
                  .map(Entry::state)
                  .filter(state -> state.id().source().equals(source))
                  .toList());
    }
    documents.forEach((id, entry) -> assertHeld(snapshot, id, entry));
    Map<Fingerprint, float[]> vectors = vectors();
    assertThat(snapshot.known(vectors.keySet())).isEqualTo(vectors.keySet());
    Map<Fingerprint, float[]> found = snapshot.vectors(vectors.keySet());
    vectors.forEach((key, vector) -> assertThat(found.get(key)).containsExactly(vector));
  }

  private static void assertHeld(Snapshot snapshot, DocumentId id, Entry entry) {
    assertThat(snapshot.state(id)).isEqualTo(entry.state());
    assertThat(snapshot.layout(id)).isEqualTo(entry.chunks().stream().map(Placed::place).toList());
    assertThat(snapshot.chunks(id)).isEqualTo(entry.chunks().stream().map(Placed::chunk).toList());
  }

  Set<String> sources() {
    Set<String> sources = new TreeSet<>(settings.sources().keySet());
    sources.addAll(documents.keySet().stream().map(DocumentId::source).collect(Collectors.toSet()));
    return sources;
  }

  private record Entry(DocumentState state, List<Placed> chunks) {
    boolean counts() {
      return !state.deleted() && (state.indexed() != null || state.problem() != null);
    }
  }

  private record Placed(Placement place, StoredChunk chunk) {
    float[] vector() {
      return requireNonNull(chunk.vector());
    }

    SearchHit hit(DocumentState state, float[] query) {
      return new SearchHit(
          StoreData.cosine(query, vector()),
          state.id(),
          chunk.id(),
          place.start(),
          place.end(),
          place.page(),
          place.headings(),
          state.metadata().with(place.metadata()),
          chunk.text());
    }
  }
}
