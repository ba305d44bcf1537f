package dev.ragindex.app;

/** How a command ended, as the number a script sees. */
enum ExitCode {
  /** Done. */
  DONE(0),
  /** Done, but something has a problem, is suspect, deferred or withheld. */
  INCOMPLETE(1),
  /** Not done: wrong usage, or refused. Nothing was written. */
  REFUSED(2),
  /** Not done: the store is busy or cannot be reached. */
  UNAVAILABLE(3),
  /** Failed on the way. What was committed stays. */
  FAILED(4),
  /** Cancelled from outside. What was committed stays. */
  CANCELLED(130);

  private final int status;

  ExitCode(int status) {
    this.status = status;
  }

  int status() {
    return status;
  }
}
