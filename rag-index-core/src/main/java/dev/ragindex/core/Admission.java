package dev.ragindex.core;

import dev.ragindex.api.SourceDocument;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many documents, and how many of their bytes, are in flight at once: what keeps memory flat. A
 * document larger than the whole budget runs alone.
 */
final class Admission {

  private static final int UNIT_BITS = 16;

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

  /**
   * Limits that keep all cores busy and leave most of the heap alone.
   *
   * @param calls how many documents more may wait for a service at once
   */
  static Admission forCoresAnd(int calls) {
    Runtime machine = Runtime.getRuntime();
    return new Admission(2 * machine.availableProcessors() + calls, machine.maxMemory() / 64);
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
