package dev.ragindex.core;

import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.Placement;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.StoredChunk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a document as it is stored.
 *
 * @param content of record, layout, texts, ids and keys: only reading the document again helps
 * @param vectors of vectors alone, whose texts and keys are sound
 */
record Damage(List<String> content, List<Vector> vectors) {

  private static final double UNIT_TOLERANCE = 1e-3;

  Damage {
    content = List.copyOf(content);
    vectors = List.copyOf(vectors);
  }

  /**
   * A vector that cannot be used.
   *
   * @param chunk its chunk
   * @param problem what is wrong with it
   */
  record Vector(StoredChunk chunk, String problem) {}

  /** Reads a document and recomputes what can be recomputed. */
  static Damage of(Snapshot snapshot, DocumentState state, Fingerprint embedder) {
    try {
      return of(StoredDocument.of(snapshot, state), embedder, snapshot.settings().dimension());
    } catch (IndexingException e) {
      return new Damage(List.of("it cannot be read: " + e.getMessage()), List.of());
    }
  }

  /** Recomputes what can be recomputed: ids and keys from texts, spans and counts from layouts. */
  static Damage of(StoredDocument document, Fingerprint embedder, int dimension) {
    DocumentState state = document.state();
    List<Placement> layout = document.layout();
    List<StoredChunk> chunks = document.chunks();
    int expected = state.indexed() == null ? 0 : state.indexed().chunks();
    if (layout.size() != expected || chunks.size() != expected) {
      String counts =
          "its record says %d chunks, its layout names %d, %d are stored"
              .formatted(expected, layout.size(), chunks.size());
      return new Damage(List.of(counts), List.of());
    }
    List<String> content = new ArrayList<>();
    List<Vector> vectors = new ArrayList<>();
    addSpans(state, layout, content);
    Map<String, Integer> occurrences = new HashMap<>();
    for (int i = 0; i < chunks.size(); i++) {
      StoredChunk chunk = chunks.get(i);
      int occurrence = occurrences.merge(chunk.text(), 1, Integer::sum) - 1;
      addIdentity(layout.get(i), chunk, occurrence, embedder, content);
      String wrong = wrong(chunk.vector(), dimension);
      if (wrong != null) {
        vectors.add(new Vector(chunk, "the vector of chunk " + chunk.id() + " " + wrong));
      }
    }
    return new Damage(content, vectors);
  }

  private static void addSpans(DocumentState state, List<Placement> layout, List<String> content) {
    int end = 0;
    for (Placement placement : layout) {
      if (placement.start() != end) {
        content.add("its chunks leave a gap or overlap at %d".formatted(end));
      }
      end = placement.end();
    }
    if (!layout.isEmpty() && state.indexed() != null && end != state.indexed().characters()) {
      content.add("its chunks end at %d of %d".formatted(end, state.indexed().characters()));
    }
  }

  private static void addIdentity(
      Placement placement,
      StoredChunk chunk,
      int occurrence,
      Fingerprint embedder,
      List<String> content) {
    if (!chunk.id().equals(StoredChunk.idOf(chunk.document(), chunk.text(), occurrence))) {
      content.add("chunk " + chunk.id() + " has not the id of its text");
    }
    if (!hasItsKey(chunk, embedder)) {
      content.add("chunk " + chunk.id() + " has not the embedding key of its text");
    }
    if (!placement.chunk().equals(chunk.id())
        || !placement.embeddingKey().equals(chunk.embeddingKey())
        || placement.end() - placement.start() != chunk.text().length()) {
      content.add("chunk " + chunk.id() + " is not what the layout says");
    }
  }

  /** Whether a chunk can lend its vector: the key is that of its text, and the vector is one. */
  static boolean isSound(StoredChunk chunk, Fingerprint embedder, int dimension) {
    return hasItsKey(chunk, embedder) && wrong(chunk.vector(), dimension) == null;
  }

  private static boolean hasItsKey(StoredChunk chunk, Fingerprint embedder) {
    String sent = StoredChunk.embeddedText(chunk.context(), chunk.overlap(), chunk.text());
    return chunk.embeddingKey().equals(StoredChunk.embeddingKeyOf(embedder, sent));
  }

  /** What is wrong with a vector, or null. */
  static @Nullable String wrong(float @Nullable [] vector, int dimension) {
    if (vector == null || vector.length != dimension) {
      return "has not the %d dimensions of the index".formatted(dimension);
    }
    double squares = 0;
    for (float x : vector) {
      squares += (double) x * x;
    }
    // Written so that NaN and infinity fail it too.
    return Math.abs(Math.sqrt(squares) - 1) <= UNIT_TOLERANCE ? null : "is not of unit length";
  }

  /** Whether nothing is wrong. */
  boolean isNone() {
    return content.isEmpty() && vectors.isEmpty();
  }

  /** All of it, a sentence each. */
  List<String> problems() {
    return Stream.concat(content.stream(), vectors.stream().map(Vector::problem)).toList();
  }
}
