package dev.ragindex.core.chunk;

import dev.ragindex.api.CountedText;
import dev.ragindex.api.Document;

/** Where the chunks of one document may end, and which of these places is taken. */
interface Cuts {

  /** The units between which it chooses; their boundaries are the possible cuts. */
  UnitTable units();

  /**
   * Boundary that ends a chunk.
   *
   * @param from boundary at which the chunk starts
   * @param max most weight of the chunk
   * @return a later boundary; the next one if not even a single unit fits
   */
  int end(int from, int max);

  /** Finds the cuts of documents. */
  @FunctionalInterface
  interface Finder {
    /**
     * The cuts of a document that was divided into units.
     *
     * @param counted tells the tokens of its indexed text
     */
    Cuts find(Document document, CountedText counted, UnitTable units);
  }
}
