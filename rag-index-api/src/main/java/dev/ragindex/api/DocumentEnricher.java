package dev.ragindex.api;

/**
 * Changes a parsed document before it is chunked: cleaning, masking, more metadata. Thread-safe.
 */
public interface DocumentEnricher {

  /**
   * What decides the output.
   *
   * @return the signature
   */
  Signature signature();

  /**
   * Changes one document. Equal input gives an equal result.
   *
   * @param document the document as parsed, or as the enricher before left it
   * @return the document to go on with, under the same id
   */
  Document enrich(Document document);
}
