package dev.ragindex.api;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** One step of a batch that a {@link StoreWriter} commits. A batch names each document once. */
public sealed interface Mutation {

  /**
   * Makes a document's chunks exactly those of the layout.
   *
   * <p>A pair of chunk id and embedding key that the store already has for this document stays as
   * it is; every other one must be in {@code chunks}; stored chunks that the layout does not name
   * go. A chunk without vector takes the one known under its embedding key, in the batch first,
   * then in the store as it was before the batch.
   *
   * @param state the document's record
   * @param layout its chunks in order; empty for a document without text and for a tombstone
   * @param chunks the chunks to write, each named by the layout
   */
  record Put(DocumentState state, List<Placement> layout, List<StoredChunk> chunks)
      implements Mutation {
    /**
     * Copies the lists and checks them against each other.
     *
     * @throws IllegalArgumentException if the layout names a chunk twice, or a chunk is of another
     *     document or not in the layout
     */
    public Put {
      layout = List.copyOf(layout);
      chunks = List.copyOf(chunks);
      Set<UUID> named = HashSet.newHashSet(layout.size());
      for (Placement placement : layout) {
        if (!named.add(placement.chunk())) {
          throw new IllegalArgumentException(
              state.id() + ": the layout names chunk " + placement.chunk() + " twice");
        }
      }
      Set<UUID> written = HashSet.newHashSet(chunks.size());
      for (StoredChunk chunk : chunks) {
        if (!chunk.document().equals(state.id())
            || !named.contains(chunk.id())
            || !written.add(chunk.id())) {
          throw new IllegalArgumentException(
              state.id() + ": " + chunk + " is foreign, not in the layout, or there twice");
        }
      }
    }
  }

  /**
   * Writes a document's record alone: touched, patched, or in trouble. Chunks and layout stay.
   *
   * @param state the document's record; its indexed version must have as many chunks as are stored
   */
  record Note(DocumentState state) implements Mutation {}

  /**
   * Removes a document and leaves nothing of it. Nothing happens if there is none.
   *
   * @param id the document
   */
  record Remove(DocumentId id) implements Mutation {}

  /**
   * Replaces what the index remembers about itself.
   *
   * @param settings all settings, not only the changed ones
   */
  record Configure(Settings settings) implements Mutation {}
}
