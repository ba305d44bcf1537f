package dev.ragindex.api;

/** Turns a document's bytes into text and blocks. Implementations are thread-safe. */
public interface DocumentParser {

  /**
   * What decides the output: parser, version, settings. Resource limits stay out.
   *
   * @return the signature
   */
  Signature signature();

  /**
   * Parses one document. Equal bytes and name give an equal result.
   *
   * @param source where the bytes come from; its name is a hint for the type
   * @return the parsed document
   * @throws IndexingException if the content is encrypted, damaged, too large, or of a type that
   *     holds no text; the message never holds document text
   */
  Document parse(SourceDocument source);
}
