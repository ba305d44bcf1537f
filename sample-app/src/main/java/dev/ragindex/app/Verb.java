package dev.ragindex.app;

/** A command that can be run once its options are set. */
interface Verb {

  /**
   * Does it.
   *
   * @return how it ended; failures are thrown
   */
  ExitCode run();
}
