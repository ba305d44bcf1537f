package dev.ragindex.core;

import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.Placement;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.StoredChunk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Recomputes what can be recomputed: ids and embedding keys from the texts, spans from the layout,
 * counts from the records; and looks at each vector.
 */
final class Verification {

  private static final double UNIT_TOLERANCE = 1e-3;

  private final Snapshot snapshot;
  private final Fingerprint embedder;
  private final List<VerifyReport.Finding> findings = new ArrayList<>();
  private long documents;
  private long chunks;

  Verification(Snapshot snapshot, Fingerprint embedder) {
    this.snapshot = snapshot;
    this.embedder = embedder;
  }

  /** Looks at each document of each source. */
  VerifyReport run() {
    for (String source : snapshot.sources()) {
      try (Stream<DocumentState> states = snapshot.states(source)) {
        states.forEach(this::verify);
      }
    }
    Snapshot.Counts counts = snapshot.counts();
    if (counts.documents() != documents || counts.chunks() != chunks) {
      findings.add(
          new VerifyReport.Finding(
              "",
              "",
              "the store counts %d documents and %d chunks, their records %d and %d"
                  .formatted(counts.documents(), counts.chunks(), documents, chunks)));
    }
    return new VerifyReport(documents, chunks, findings);
  }

  private void verify(DocumentState state) {
    List<Placement> layout = snapshot.layout(state.id());
    List<StoredChunk> stored = snapshot.chunks(state.id());
    documents += state.deleted() ? 0 : 1;
    chunks += stored.size();
    int expected = state.indexed() == null ? 0 : state.indexed().chunks();
    if (layout.size() != expected || stored.size() != expected) {
      report(
          state,
          "its record says %d chunks, its layout names %d, %d are stored"
              .formatted(expected, layout.size(), stored.size()));
      return;
    }
    verifySpans(state, layout);
    Map<String, Integer> occurrences = new HashMap<>();
    for (int i = 0; i < stored.size(); i++) {
      verify(state, layout.get(i), stored.get(i), occurrences);
    }
  }

  private void verifySpans(DocumentState state, List<Placement> layout) {
    int end = 0;
    for (Placement placement : layout) {
      if (placement.start() != end) {
        report(state, "its chunks leave a gap or overlap at %d".formatted(end));
      }
      end = placement.end();
    }
    if (!layout.isEmpty() && state.indexed() != null && end != state.indexed().characters()) {
      report(state, "its chunks end at %d of %d".formatted(end, state.indexed().characters()));
    }
  }

  private void verify(
      DocumentState state,
      Placement placement,
      StoredChunk chunk,
      Map<String, Integer> occurrences) {
    int occurrence = occurrences.merge(chunk.text(), 1, Integer::sum) - 1;
    String sent = StoredChunk.embeddedText(chunk.context(), chunk.overlap(), chunk.text());
    if (!chunk.id().equals(StoredChunk.idOf(state.id(), chunk.text(), occurrence))) {
      report(state, "chunk " + chunk.id() + " has not the id of its text");
    }
    if (!chunk.embeddingKey().equals(StoredChunk.embeddingKeyOf(embedder, sent))) {
      report(state, "chunk " + chunk.id() + " has not the embedding key of its text");
    }
    if (!placement.chunk().equals(chunk.id())
        || !placement.embeddingKey().equals(chunk.embeddingKey())
        || placement.end() - placement.start() != chunk.text().length()) {
      report(state, "chunk " + chunk.id() + " is not what the layout says");
    }
    verifyVector(state, chunk);
  }

  private void verifyVector(DocumentState state, StoredChunk chunk) {
    float[] vector = chunk.vector();
    if (vector == null || vector.length != snapshot.settings().dimension()) {
      report(state, "chunk " + chunk.id() + " has no vector of the index's dimension");
      return;
    }
    double squares = 0;
    for (float x : vector) {
      squares += (double) x * x;
    }
    if (!(Math.abs(squares - 1) <= UNIT_TOLERANCE)) {
      report(state, "the vector of chunk " + chunk.id() + " is not of unit length");
    }
  }

  private void report(DocumentState state, String problem) {
    findings.add(new VerifyReport.Finding(state.id().source(), state.id().key(), problem));
  }
}
