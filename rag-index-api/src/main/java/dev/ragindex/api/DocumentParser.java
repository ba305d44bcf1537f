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
   * What decides whether a document is given up: limits of size, nesting, time. No part of the
   * {@linkplain #signature() signature}, since documents within the limits read the same; but a
   * document that failed is tried again when they change.
   *
   * @return the limits in the form of a signature; {@link Signature#of} alone if there are none
   */
  Signature limits();

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
