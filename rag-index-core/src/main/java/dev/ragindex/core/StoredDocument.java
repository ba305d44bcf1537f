package dev.ragindex.core;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.Placement;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.StoredChunk;
import java.util.List;

/**
 * A document as a store keeps it, whole.
 *
 * @param state its record
 * @param layout where its chunks stand, in order
 * @param chunks its chunks with vectors, in the same order
 */
public record StoredDocument(
    DocumentState state, List<Placement> layout, List<StoredChunk> chunks) {

  /** Copies the lists. */
  public StoredDocument {
    layout = List.copyOf(layout);
    chunks = List.copyOf(chunks);
  }

  /**
   * A document of which chunks and vectors are at hand and nothing is known of the bytes they came
   * from: the next sync reads it and embeds what is new.
   *
   * @param id the document
   * @param metadata what searches filter by
   * @param layout where its chunks stand, in order
   * @param chunks its chunks with vectors, in the same order
   * @return the document
   */
  public static StoredDocument of(
      DocumentId id, Metadata metadata, List<Placement> layout, List<StoredChunk> chunks) {
    int characters = layout.isEmpty() ? 0 : layout.getLast().end();
    DocumentState state =
        new DocumentState(id, Unread.version(characters, chunks.size()), null, metadata, 0, false);
    return new StoredDocument(state, layout, chunks);
  }

  /** Reads a document from a store. */
  static StoredDocument of(Snapshot snapshot, DocumentState state) {
    return new StoredDocument(state, snapshot.layout(state.id()), snapshot.chunks(state.id()));
  }
}
