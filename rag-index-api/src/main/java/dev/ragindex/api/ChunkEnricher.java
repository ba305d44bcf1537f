package dev.ragindex.api;

/** Changes a chunk's context and metadata, never its text. Thread-safe. */
public interface ChunkEnricher {

  /**
   * What decides the output.
   *
   * @return the signature
   */
  Signature signature();

  /**
   * Changes one chunk. Equal input gives an equal result.
   *
   * @param document the document the chunk was cut from
   * @param chunk the chunk
   * @return the chunk to go on with, its span and text as before
   */
  Chunk enrich(Document document, Chunk chunk);
}
