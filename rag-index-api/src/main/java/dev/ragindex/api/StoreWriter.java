package dev.ragindex.api;

import java.util.List;

/**
 * The one writer of a store. Not thread-safe: one thread at a time.
 *
 * <ul>
 *   <li><b>W1</b> Only one writer is open at a time; {@link VectorStore#writer()} fails while
 *       another is. Closing lets the next one in.
 *   <li><b>W2</b> A batch is applied whole or not at all, records and chunks in one commit, durable
 *       on return.
 *   <li><b>W3</b> The batch is checked before the first write: each document once, each record
 *       counting as many chunks as its document then has, vectors of the store's dimension, finite,
 *       of unit length (within 0.001). A batch that fails the check is an {@link
 *       IllegalArgumentException}, nothing is written, and the writer can go on. {@link
 *       CheckedBatch} is this check.
 *   <li><b>W4</b> Put: afterwards the document's chunks are exactly those of the layout. Only
 *       chunks in the batch are written; those that stay are not touched.
 *   <li><b>W5</b> A layout that names a pair of chunk id and embedding key which is neither stored
 *       for this document nor in the batch is an {@link IllegalArgumentException}.
 *   <li><b>W6</b> A chunk without vector takes the one under its embedding key, in the batch first,
 *       then in the store as before the batch, from whatever document, one that the batch removes
 *       included. Unknown keys are an {@link UnknownEmbeddingException} that names them.
 *   <li><b>W7</b> Note: the record changes, chunks and layout stay.
 *   <li><b>W8</b> Remove: nothing of the document is left, nothing of any other is touched.
 *   <li><b>W9</b> Configure: later snapshots show the settings. The first vector decides the
 *       dimension if none is set; a set dimension cannot change while there are chunks.
 *   <li><b>W10</b> An empty batch commits nothing.
 *   <li><b>W11</b> An interrupt of the calling thread loses neither batch nor store.
 *   <li><b>W12</b> After close, commit is an {@link IllegalStateException}; what was committed
 *       stays, what was not is gone.
 *   <li><b>W13</b> After a batch failed on the medium (I/O error, disk full), the store is as the
 *       commit before left it, and the writer either goes on or says that it is closed.
 *   <li><b>W14</b> {@link #sweep} commits nothing in a sound store.
 * </ul>
 */
public interface StoreWriter extends AutoCloseable {

  /**
   * Applies a batch.
   *
   * @param batch the mutations, each document named once
   * @return the revision of the commit
   * @throws IllegalArgumentException if the batch breaks a rule; nothing was written
   * @throws IndexingException if the medium fails; nothing was written
   */
  long commit(List<Mutation> batch);

  /**
   * Deletes chunks that no layout names, in one commit. Only damage leaves such chunks, and {@link
   * VectorStore#check()} finds them.
   *
   * @return how many there were; if none, nothing is written. A store that cannot hold any says 0
   * @throws IndexingException if the medium fails; nothing was written
   */
  long sweep();

  @Override
  void close();
}
