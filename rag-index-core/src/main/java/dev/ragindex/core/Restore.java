package dev.ragindex.core;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Embedder;
import dev.ragindex.api.Placement;
import dev.ragindex.api.Settings;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.VectorStore;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Brings documents into an index whose chunks and vectors are at hand. */
final class Restore {

  private final VectorStore store;
  private final Embedder embedder;

  Restore(VectorStore store, Embedder embedder) {
    this.store = store;
    this.embedder = embedder;
  }

  /** Checks that chunks and vectors are what the embedder would give for the texts. */
  void requireSound(StoredDocument document) {
    Damage damage = Damage.of(document, embedder.signature().fingerprint(), embedder.dimension());
    if (!damage.isNone()) {
      throw new IllegalArgumentException(
          "%s: %s (of the model %s)"
              .formatted(
                  document.state().id(),
                  damage.problems().getFirst(),
                  embedder.signature().name()));
    }
  }

  CopyReport run(Iterator<StoredDocument> documents, Map<String, String> remember) {
    try (Snapshot snapshot = store.snapshot()) {
      IndexSettings.requireModel(snapshot, embedder); // before anything is created
    }
    try (StoreWriter writer = store.writer();
        Snapshot before = store.snapshot()) {
      IndexSettings.requireModel(before, embedder);
      Settings model = IndexSettings.withModel(before.settings(), embedder);
      DocumentCopier copier = new DocumentCopier(writer, before, model);
      documents.forEachRemaining(document -> add(document, before, remember, copier));
      return copier.finish();
    }
  }

  private void add(
      StoredDocument document,
      Snapshot before,
      Map<String, String> remember,
      DocumentCopier copier) {
    requireSound(document);
    DocumentId id = document.state().id();
    if (before.state(id) == null) {
      copier.remember(id.source(), remember);
      copier.copy(document);
    } else if (pairs(before.layout(id)).equals(pairs(document.layout()))) {
      copier.unchanged();
    } else {
      copier.keep(id);
    }
  }

  private static List<?> pairs(List<Placement> layout) {
    return layout.stream().map(at -> List.of(at.chunk(), at.embeddingKey())).toList();
  }
}
