package dev.ragindex.core;

import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** Looks at each document of a store for {@link Damage}, and counts. */
final class Verification {

  private final Snapshot snapshot;
  private final Fingerprint embedder;
  private long documents;
  private long chunks;

  Verification(Snapshot snapshot, Fingerprint embedder) {
    this.snapshot = snapshot;
    this.embedder = embedder;
  }

  /** Looks at each document of each source. */
  VerifyReport run() {
    List<VerifyReport.Finding> findings = new ArrayList<>();
    forEachDamaged(
        (state, damage) ->
            damage
                .problems()
                .forEach(problem -> findings.add(VerifyReport.Finding.of(state.id(), problem))));
    Snapshot.Counts counts = snapshot.counts();
    if (counts.documents() != documents || counts.chunks() != chunks) {
      findings.add(
          VerifyReport.Finding.ofStore(
              "the store counts %d documents and %d chunks, their records %d and %d"
                  .formatted(counts.documents(), counts.chunks(), documents, chunks)));
    }
    return new VerifyReport(documents, chunks, findings, List.of());
  }

  /** Hands over each document that is not as it should be, and what is wrong with it. */
  void forEachDamaged(BiConsumer<DocumentState, Damage> action) {
    for (String source : snapshot.sources()) {
      try (Stream<DocumentState> states = snapshot.states(source)) {
        states.forEach(state -> verify(state, action));
      }
    }
  }

  private void verify(DocumentState state, BiConsumer<DocumentState, Damage> action) {
    documents += state.deleted() ? 0 : 1;
    chunks += state.indexed() == null ? 0 : state.indexed().chunks();
    Damage damage = Damage.of(snapshot, state, embedder);
    if (!damage.isNone()) {
      action.accept(state, damage);
    }
  }
}
