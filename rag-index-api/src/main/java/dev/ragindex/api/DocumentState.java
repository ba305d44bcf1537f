package dev.ragindex.api;

import org.jspecify.annotations.Nullable;

/**
 * What the store remembers of one document, committed together with its chunks.
 *
 * @param id the document
 * @param indexed the version whose chunks are in the store, or null if there is none; of a
 *     tombstone the version that was deleted, with no chunks, or null if that is not known
 * @param problem why the document is not indexed as it stands, or null if it is
 * @param metadata what searches filter by and hits carry
 * @param sequence number of the last ordered change, 0 if there was none
 * @param deleted true for a tombstone: deleted by sequence, no chunks, not to come back by a late
 *     event
 */
public record DocumentState(
    DocumentId id,
    @Nullable Indexed indexed,
    @Nullable Problem problem,
    Metadata metadata,
    long sequence,
    boolean deleted) {

  /**
   * Checks a tombstone.
   *
   * @throws IllegalArgumentException if a tombstone has chunks
   */
  public DocumentState {
    if (deleted && indexed != null && indexed.chunks() != 0) {
      throw new IllegalArgumentException(
          id + ": a deleted document has no chunks, not " + indexed.chunks());
    }
  }

  /**
   * Replaces the problem.
   *
   * @param newProblem the problem, or null for none
   * @return a new state
   */
  public DocumentState withProblem(@Nullable Problem newProblem) {
    return new DocumentState(id, indexed, newProblem, metadata, sequence, deleted);
  }

  /**
   * Fingerprints of the indexed version, each of which lets a run skip work.
   *
   * @param version the source's version, or null if it cannot be trusted; equal: skip reading
   * @param bytes fingerprint of the content; equal: skip parsing
   * @param text fingerprint of text and blocks ({@link Document#fingerprint()}); equal: skip
   *     chunking
   * @param metadata fingerprint of the source's metadata ({@link Metadata#fingerprint()})
   * @param pipeline fingerprint of the chain of stages that made it
   * @param characters length of the indexed text in UTF-16 units
   * @param chunks how many chunks it has
   */
  public record Indexed(
      @Nullable String version,
      Fingerprint bytes,
      Fingerprint text,
      Fingerprint metadata,
      Fingerprint pipeline,
      int characters,
      int chunks) {

    /**
     * Replaces the number of chunks.
     *
     * @param newChunks how many there are now
     * @return a new value
     */
    public Indexed withChunks(int newChunks) {
      return new Indexed(version, bytes, text, metadata, pipeline, characters, newChunks);
    }

    /**
     * Replaces the version.
     *
     * @param newVersion the source's version, or null
     * @return a new value
     */
    public Indexed withVersion(@Nullable String newVersion) {
      return new Indexed(newVersion, bytes, text, metadata, pipeline, characters, chunks);
    }
  }
}
