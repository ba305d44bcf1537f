package dev.ragindex.core;

import dev.ragindex.api.DocumentState;
import dev.ragindex.api.DocumentState.Indexed;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.Problem;
import dev.ragindex.api.SourceDocument;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done with a listed document. Pure functions of what is listed and what is known:
 * first by the version, and if that does not decide, by the bytes.
 */
sealed interface Verdict {

  /** Nothing changed. */
  record Unchanged() implements Verdict {}

  /** Nothing changed but what a record notes: version, time, a problem that is over. */
  record Touched() implements Verdict {}

  /**
   * The problem stands as it was; trying again cannot help.
   *
   * @param problem the problem
   */
  record Settled(Problem problem) implements Verdict {}

  /**
   * The next stage has to look.
   *
   * @param reason why
   */
  record Work(Change.Reason reason) implements Verdict {}

  /** Runs after which a stage that timed out is not tried again. */
  int TIMEOUTS = 3;

  /** Before anything is read. */
  static Verdict byVersion(
      SourceDocument listed, Inventory.Sighting sighting, Fingerprint pipeline) {
    if (sighting.quiet()) {
      return new Unchanged();
    }
    DocumentState known = sighting.state();
    if (known == null) {
      return new Work(Change.Reason.NEW);
    }
    Problem problem = known.problem();
    if (problem != null) {
      boolean same = listed.version() != null && listed.version().equals(problem.version());
      return same && isSettled(problem, pipeline)
          ? new Settled(problem)
          : new Work(Change.Reason.RETRY);
    }
    Indexed indexed = known.indexed();
    if (indexed == null) {
      return new Work(Change.Reason.NEW);
    }
    if (!indexed.pipeline().equals(pipeline)) {
      return new Work(Change.Reason.STAGE);
    }
    if (!indexed.metadata().equals(listed.metadata().fingerprint())) {
      return new Work(Change.Reason.METADATA);
    }
    boolean same = listed.version() != null && listed.version().equals(indexed.version());
    return same ? new Unchanged() : new Work(Change.Reason.BYTES);
  }

  /** Once the bytes are hashed. */
  static Verdict byBytes(
      SourceDocument listed,
      @Nullable DocumentState known,
      Fingerprint bytes,
      Fingerprint pipeline) {
    if (known == null) {
      return new Work(Change.Reason.NEW);
    }
    Problem problem = known.problem();
    if (problem != null && bytes.equals(problem.bytes()) && isSettled(problem, pipeline)) {
      return new Settled(problem);
    }
    Indexed indexed = known.indexed();
    if (indexed == null) {
      return new Work(problem == null ? Change.Reason.NEW : Change.Reason.RETRY);
    }
    if (!indexed.bytes().equals(bytes)) {
      return new Work(Change.Reason.BYTES);
    }
    if (!indexed.pipeline().equals(pipeline)) {
      return new Work(Change.Reason.STAGE);
    }
    if (!indexed.metadata().equals(listed.metadata().fingerprint())) {
      return new Work(Change.Reason.METADATA);
    }
    return new Touched();
  }

  private static boolean isSettled(Problem problem, Fingerprint pipeline) {
    boolean lasting =
        switch (problem.kind()) {
          case CONTENT, SUSPECT -> true;
          case READ -> false;
          case TIMEOUT -> problem.attempts() >= TIMEOUTS;
        };
    return lasting && problem.signature().equals(pipeline);
  }
}
