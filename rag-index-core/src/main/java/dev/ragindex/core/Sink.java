package dev.ragindex.core;

/** Takes what was decided on documents. Thread-safe. */
interface Sink {

  /** Takes an outcome; waits while it is behind. */
  void add(Outcome outcome);

  /** Whether it has failed, so that going on is pointless. */
  boolean failed();

  /** Throws what made it fail, if it did. */
  void requireSound();
}
