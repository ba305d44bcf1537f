package dev.ragindex.core;

import dev.ragindex.api.Embedder;
import dev.ragindex.api.SourceDocument;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many documents, and how many of their bytes, are in flight at once: what keeps memory flat. A
 * document larger than the whole budget runs alone.
 */
final class Admission {

  /** Permits are for 4 KiB each: what a small document takes, too, once it is parsed. */
  private static final int UNIT_BITS = 12;

  /** Texts of a call in flight that may each be all that a document has. */
  private static final int TEXTS_AWAITED = 256;

  private final int documents;
  private final int units;
  private final Semaphore documentPermits;
  private final Semaphore unitPermits;

  /**
   * Sets the limits.
   *
   * @param documents most documents in flight
   * @param bytes most bytes of content in flight, all documents together
   */
  Admission(int documents, long bytes) {
    this.documents = documents;
    this.units = Math.clamp(bytes >> UNIT_BITS, 1, Integer.MAX_VALUE);
    this.documentPermits = new Semaphore(documents);
    this.unitPermits = new Semaphore(units, true);
  }

  /** Limits that keep all cores busy and leave most of the heap alone. */
  static Admission forCores() {
    return ofDocuments(2 * Runtime.getRuntime().availableProcessors());
  }

  /**
   * Limits that keep all cores busy while small documents wait for calls in flight and fill those
   * that follow: with no more than are in flight, each call would be waited for before the next one
   * is even cut.
   */
  static Admission forCoresAnd(Embedder.Limits limits) {
    int awaited = 2 * limits.callsInFlight() * Math.min(limits.textsPerCall(), TEXTS_AWAITED);
    return ofDocuments(2 * Runtime.getRuntime().availableProcessors() + awaited);
  }

  private static Admission ofDocuments(int documents) {
    return new Admission(documents, Runtime.getRuntime().maxMemory() / 64);
  }

  /** Waits until the document fits; what it took is given back by the returned hold. */
  Hold admit(SourceDocument document) throws InterruptedException {
    int taken = Math.clamp(1 + (document.size() >> UNIT_BITS), 1, units);
    documentPermits.acquire();
    try {
      unitPermits.acquire(taken);
    } catch (InterruptedException e) {
      documentPermits.release();
      throw e;
    }
    return () -> {
      unitPermits.release(taken);
      documentPermits.release();
    };
  }

  /** Waits until nothing is in flight. */
  void awaitAll() throws InterruptedException {
    documentPermits.acquire(documents);
    documentPermits.release(documents);
  }

  /** Waits until nothing is in flight, but not for ever; false if something still is. */
  boolean awaitAll(Duration time) throws InterruptedException {
    boolean all = documentPermits.tryAcquire(documents, time.toNanos(), TimeUnit.NANOSECONDS);
    if (all) {
      documentPermits.release(documents);
    }
    return all;
  }

  /** A document in flight. */
  interface Hold extends AutoCloseable {
    @Override
    void close();
  }
}
