package dev.ragindex.api;

import java.util.List;

/**
 * Cuts a document into chunks. The cores of the chunks tile the indexed part of the text: in order,
 * without gap, nothing lost, nothing invented. Implementations are thread-safe.
 */
public interface Chunker {

  /**
   * What decides the output: strategy, version, sizes, token counter.
   *
   * @return the signature
   */
  Signature signature();

  /**
   * Cuts one document.
   *
   * @param document the parsed document
   * @return its chunks in order of their offsets; empty if the indexed text is blank
   */
  List<Chunk> chunk(Document document);
}
