package dev.ragindex.core;

import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.IndexingException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Decides on documents that have to be read. Thread-safe. */
interface Decider {

  /**
   * Reads a document and decides on it, or puts the decision off.
   *
   * @param postpone asked with the bytes of a document that has no indexed version: true puts the
   *     decision off
   * @return the outcome, or null if it was put off
   * @throws IndexingException if a service or the store fails; no document is to blame
   */
  @Nullable Outcome decide(Task task, Predicate<Fingerprint> postpone);

  /**
   * Reads a document and decides on it. A move is none if the bytes are others by now.
   *
   * @return the outcome
   * @throws IndexingException if a service or the store fails; no document is to blame
   */
  Outcome decideNow(Task task);
}
