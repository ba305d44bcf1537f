package dev.ragindex.app;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C and SIGTERM into an interrupt of the running command, gives it a grace period, and
 * sees to it that the process ends with the status of a cancelled one.
 */
final class Cancellation {

  /** What a run takes to settle what is in flight, and something to commit it and say so. */
  private static final int GRACE_SECONDS = 30;

  private final Thread command;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean requested;

  /** Watches over a command that runs on a thread. */
  Cancellation(Thread command) {
    this.command = command;
  }

  /** Starts to watch. */
  void install() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::cancel, "cancellation"));
  }

  /** The command has ended and written all it had to say. */
  void ended() {
    ended.countDown();
  }

  /** Says whether someone wants the command to stop. */
  boolean requested() {
    return requested;
  }

  private void cancel() {
    if (ended.getCount() == 0) {
      return;
    }
    requested = true;
    command.interrupt();
    try {
      if (!ended.await(GRACE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("rag-index: the run did not stop in time; what was committed is kept");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // A hook cannot choose the exit status in another way.
    Runtime.getRuntime().halt(ExitCode.CANCELLED.status());
  }
}
