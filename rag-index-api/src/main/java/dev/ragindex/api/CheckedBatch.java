package dev.ragindex.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A batch that keeps the rules of {@link StoreWriter}: what a store is left to write, every chunk
 * with its vector unless the store asked to keep those it knows. Rules W3, W5, W6 and W9 depend on
 * nothing but the batch and the commit before it, so they are checked here, once for all stores,
 * before the first write. As each document is named once, the order of the parts does not matter.
 *
 * @param settings the settings as of this batch, the dimension decided if there is a vector
 * @param puts documents to write, their chunks with vectors; without one only where {@link
 *     #leavingStoredVectors} found it in the store
 * @param notes records to write
 * @param removes documents to remove
 */
public record CheckedBatch(
    Settings settings,
    List<Mutation.Put> puts,
    List<Mutation.Note> notes,
    List<Mutation.Remove> removes) {

  /** How far a vector's length may be from 1. */
  private static final double UNIT_TOLERANCE = 1e-3;

  /** Copies the lists. */
  public CheckedBatch {
    puts = List.copyOf(puts);
    notes = List.copyOf(notes);
    removes = List.copyOf(removes);
  }

  /**
   * Checks a batch and fills in the vectors that the store knows.
   *
   * @param batch the mutations
   * @param before the commit they are applied to
   * @return what to write
   * @throws IllegalArgumentException if the batch breaks a rule; the message names it
   * @throws UnknownEmbeddingException if a vector is neither in the batch nor in the store
   */
  public static CheckedBatch of(List<Mutation> batch, Snapshot before) {
    CheckedBatch open = leavingStoredVectors(batch, before);
    Set<Fingerprint> stored = keysWithoutVector(open.puts);
    List<Mutation.Put> filled =
        filled(open.puts, stored.isEmpty() ? Map.of() : before.vectors(stored));
    return new CheckedBatch(open.settings, filled, open.notes, open.removes);
  }

  /**
   * Checks a batch and fills in the vectors that are in it; a chunk whose vector only the store
   * knows is left without. For stores that copy such vectors where they lie.
   *
   * @param batch the mutations
   * @param before the commit they are applied to
   * @return what to write
   * @throws IllegalArgumentException if the batch breaks a rule; the message names it
   * @throws UnknownEmbeddingException if a vector is neither in the batch nor in the store
   */
  public static CheckedBatch leavingStoredVectors(List<Mutation> batch, Snapshot before) {
    Settings settings = null;
    List<Mutation.Put> puts = new ArrayList<>();
    List<Mutation.Note> notes = new ArrayList<>();
    List<Mutation.Remove> removes = new ArrayList<>();
    Set<DocumentId> named = new HashSet<>();
    for (Mutation mutation : batch) {
      switch (mutation) {
        case Mutation.Put put -> {
          requireNew(named, put.state().id());
          requireLayout(put, before);
          puts.add(put);
        }
        case Mutation.Note note -> {
          requireNew(named, note.state().id());
          requireCount(note.state(), before.layout(note.state().id()).size());
          notes.add(note);
        }
        case Mutation.Remove remove -> {
          requireNew(named, remove.id());
          removes.add(remove);
        }
        case Mutation.Configure configure -> {
          if (settings != null) {
            throw new IllegalArgumentException("a batch has one set of settings, this one several");
          }
          settings = configure.settings();
        }
      }
    }
    Settings decided = decided(settings, puts, before);
    return new CheckedBatch(decided, resolved(puts, before), notes, removes);
  }

  private static void requireNew(Set<DocumentId> named, DocumentId id) {
    if (!named.add(id)) {
      throw new IllegalArgumentException("a batch names each document once, this one twice: " + id);
    }
  }

  private static void requireCount(DocumentState state, int chunks) {
    DocumentState.Indexed indexed = state.indexed();
    int counted = indexed == null ? 0 : indexed.chunks();
    if (counted != chunks) {
      throw new IllegalArgumentException(
          "%s: its record counts %d chunks, its layout has %d"
              .formatted(state.id(), counted, chunks));
    }
  }

  private static void requireLayout(Mutation.Put put, Snapshot before) {
    DocumentId id = put.state().id();
    requireCount(put.state(), put.layout().size());
    Set<Pair> written = new HashSet<>();
    put.chunks().forEach(chunk -> written.add(new Pair(chunk.id(), chunk.embeddingKey())));
    Set<Pair> missing = pairs(put.layout());
    if (!missing.containsAll(written)) {
      throw new IllegalArgumentException(
          id + ": a chunk's embedding key is not the one that the layout names");
    }
    missing.removeAll(written);
    if (!missing.isEmpty()) {
      missing.removeAll(pairs(before.layout(id)));
    }
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          id + ": the layout names chunks neither stored nor in the batch: " + missing);
    }
  }

  private static Set<Pair> pairs(List<Placement> layout) {
    Set<Pair> pairs = HashSet.newHashSet(layout.size());
    layout.forEach(placement -> pairs.add(new Pair(placement.chunk(), placement.embeddingKey())));
    return pairs;
  }

  private static Settings decided(
      @Nullable Settings wanted, List<Mutation.Put> puts, Snapshot before) {
    int present = before.settings().dimension();
    Settings settings = wanted == null ? before.settings() : wanted;
    if (present != 0 && settings.dimension() != present && before.counts().chunks() > 0) {
      throw new IllegalArgumentException(
          "the dimension is %d and cannot become %d while there are chunks"
              .formatted(present, settings.dimension()));
    }
    for (Mutation.Put put : puts) {
      for (StoredChunk chunk : put.chunks()) {
        float[] vector = chunk.vector();
        if (vector != null && settings.dimension() == 0) {
          settings = settings.withDimension(vector.length);
        }
        if (vector != null) {
          requireUnit(chunk, vector, settings.dimension());
        }
      }
    }
    return settings;
  }

  private static void requireUnit(StoredChunk chunk, float[] vector, int dimension) {
    if (vector.length != dimension || dimension == 0) {
      throw new IllegalArgumentException(
          chunk + ": a vector of " + vector.length + " floats, the store's have " + dimension);
    }
    double square = 0;
    for (float value : vector) {
      square += (double) value * value;
    }
    // Written so that NaN and infinity fail it too.
    if (!(Math.abs(Math.sqrt(square) - 1) <= UNIT_TOLERANCE)) {
      throw new IllegalArgumentException(
          chunk + ": a vector has unit length, this one " + Math.sqrt(square));
    }
  }

  private static List<Mutation.Put> resolved(List<Mutation.Put> puts, Snapshot before) {
    Map<Fingerprint, float[]> written = new HashMap<>();
    for (Mutation.Put put : puts) {
      for (StoredChunk chunk : put.chunks()) {
        float[] vector = chunk.vector();
        if (vector != null) {
          written.putIfAbsent(chunk.embeddingKey(), vector);
        }
      }
    }
    List<Mutation.Put> filled = filled(puts, written);
    Set<Fingerprint> unknown = keysWithoutVector(filled);
    if (!unknown.isEmpty()) {
      unknown.removeAll(before.known(unknown));
    }
    if (!unknown.isEmpty()) {
      throw new UnknownEmbeddingException(unknown);
    }
    return filled;
  }

  private static Set<Fingerprint> keysWithoutVector(List<Mutation.Put> puts) {
    Set<Fingerprint> keys = new TreeSet<>();
    for (Mutation.Put put : puts) {
      for (StoredChunk chunk : put.chunks()) {
        if (chunk.vector() == null) {
          keys.add(chunk.embeddingKey());
        }
      }
    }
    return keys;
  }

  private static List<Mutation.Put> filled(
      List<Mutation.Put> puts, Map<Fingerprint, float[]> vectors) {
    return puts.stream().map(put -> filled(put, vectors)).toList();
  }

  private static Mutation.Put filled(Mutation.Put put, Map<Fingerprint, float[]> vectors) {
    List<StoredChunk> chunks =
        put.chunks().stream()
            .map(
                chunk ->
                    chunk.vector() != null
                        ? chunk
                        : chunk.withVector(vectors.get(chunk.embeddingKey())))
            .toList();
    return new Mutation.Put(put.state(), put.layout(), chunks);
  }

  /** What decides whether a chunk must be written. */
  private record Pair(UUID chunk, Fingerprint embeddingKey) {}
}
