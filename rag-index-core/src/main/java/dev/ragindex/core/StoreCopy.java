package dev.ragindex.core;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.Settings;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.StoreBusyException;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.VectorStore;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * Copies an index from one store into another, such as from a folder into a database: records,
 * chunks, vectors and settings as they are. Nothing is read from a source or embedded, neither now
 * nor by the next sync.
 *
 * <pre>{@code
 * StoreCopy.copy(LuceneStore.at(Path.of("handbook.index")), other);
 * }</pre>
 */
public final class StoreCopy {

  private StoreCopy() {}

  /**
   * Copies every document of one store into another, over what that one has of it; documents that
   * only the other has stay. A copy that was stopped is completed by running it again: documents
   * that are there already, just so, are left out. Memory grows with the largest document, not with
   * the index.
   *
   * @param from the store to read; others may write to it meanwhile, the copy is of the commit that
   *     was the last when it began
   * @param to the store to write: empty, or made with the same embedding model
   * @return what was copied
   * @throws IllegalArgumentException if the other store was made with another model; nothing was
   *     written
   * @throws StoreBusyException if another writer holds the other store
   * @throws IndexingException if a store fails: what was copied is there, run it again
   */
  public static CopyReport copy(VectorStore from, VectorStore to) {
    try (Snapshot source = from.snapshot();
        Snapshot present = to.snapshot()) {
      requireSameModel(source.settings(), present.settings()); // before anything is created
    }
    try (Snapshot source = from.snapshot();
        StoreWriter writer = to.writer();
        Snapshot present = to.snapshot()) {
      requireSameModel(source.settings(), present.settings());
      Settings settings = merged(source.settings(), present.settings());
      DocumentCopier copier = new DocumentCopier(writer, present, settings);
      for (String name : source.sources()) {
        try (Stream<DocumentState> states = source.states(name)) {
          states.forEach(state -> copy(state, source, present, copier));
        }
      }
      return copier.finish();
    }
  }

  private static void copy(DocumentState state, Snapshot from, Snapshot to, DocumentCopier copier) {
    DocumentId id = state.id();
    if (state.equals(to.state(id)) && from.layout(id).equals(to.layout(id))) {
      copier.unchanged();
    } else {
      copier.copy(StoredDocument.of(from, state));
    }
  }

  private static void requireSameModel(Settings from, Settings to) {
    String wanted = from.index().get(IndexSettings.EMBEDDER);
    String present = to.index().get(IndexSettings.EMBEDDER);
    if (wanted != null && present != null && !wanted.equals(present)) {
      throw new IllegalArgumentException(
          "the index to copy was made with the model %s, the one to copy into with %s: copy into an empty store"
              .formatted(
                  from.index().get(IndexSettings.MODEL), to.index().get(IndexSettings.MODEL)));
    }
  }

  private static Settings merged(Settings from, Settings to) {
    Settings merged =
        (from.dimension() == 0 ? to : to.withDimension(from.dimension())).withIndex(from.index());
    for (Map.Entry<String, SortedMap<String, String>> one : from.sources().entrySet()) {
      merged = merged.withSource(one.getKey(), one.getValue());
    }
    return merged;
  }
}
