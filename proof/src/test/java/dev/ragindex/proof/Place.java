package dev.ragindex.proof;

import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.VectorStore;

/** Where a store keeps its data: it outlives processes. Empty at first. */
interface Place {

  /** Commits what there is to begin with. */
  default void seed(IndexDump dump) {
    try (VectorStore store = open(Lifetime.unlimited());
        StoreWriter writer = store.writer()) {
      writer.commit(dump.toBatch());
    }
  }

  /**
   * Opens the store as a process does that lives as long as said. Once that life is over, the store
   * must not reach the data any more, whatever the dying process still tries.
   */
  VectorStore open(Lifetime life);

  /** What the death of all mortal processes leaves: what they had not made durable is lost. */
  void crash();
}
