package dev.ragindex.core;

import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.SourceDocument;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Decides on documents that have to be read. Thread-safe. */
interface Decider {

  /**
   * Reads a document and decides on it.
   *
   * @param listed the document
   * @param known what the index had of it, or null
   * @param postpone asked with new bytes of an unknown document: true puts the decision off
   * @return the outcome, or null if it was put off
   * @throws IndexingException if a service or the store fails; no document is to blame
   */
  @Nullable Outcome decide(
      SourceDocument listed,
      @Nullable DocumentState known,
      BiPredicate<SourceDocument, Fingerprint> postpone);

  /**
   * Decides on a document whose bytes another, missing one had.
   *
   * @param listed the document, under its new key
   * @param bytes the bytes both had when the listing met the new one
   * @param from what the index had under the old key
   * @return the outcome
   * @throws IndexingException if a service or the store fails; no document is to blame
   */
  Outcome decideMove(SourceDocument listed, Fingerprint bytes, Absent from);
}
