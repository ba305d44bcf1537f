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

  /** Nothing changed but what a record notes: version, time, sequence, a problem that is over. */
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

  /** Before anything is read. */
  static Verdict byVersion(SourceDocument listed, Inventory.Sighting sighting, Rules rules) {
    if (sighting.quiet()) {
      return new Unchanged();
    }
    DocumentState known = sighting.state();
    if (known == null) {
      return new Work(Change.Reason.NEW);
    }
    Problem problem = known.problem();
    if (problem != null) {
      return isSame(listed, problem.version()) && rules.settles(known, problem)
          ? new Settled(problem)
          : new Work(rules.again(known));
    }
    Indexed indexed = known.indexed();
    if (indexed == null) {
      return new Work(Change.Reason.NEW);
    }
    if (known.deleted()) {
      return isSame(listed, indexed.version()) ? new Unchanged() : new Work(Change.Reason.NEW);
    }
    Verdict stale = stale(listed, indexed, rules);
    if (stale != null) {
      return stale;
    }
    return isSame(listed, indexed.version()) ? new Unchanged() : new Work(Change.Reason.BYTES);
  }

  /** Once the bytes are hashed. */
  static Verdict byBytes(Task task, Fingerprint bytes, Rules rules) {
    DocumentState known = task.known();
    if (known == null) {
      return new Work(Change.Reason.NEW);
    }
    Indexed before = known.indexed();
    if (known.deleted()) {
      boolean stays = !task.event() && before != null && before.bytes().equals(bytes);
      return stays ? new Touched() : new Work(Change.Reason.NEW);
    }
    Verdict stale = null;
    if (before != null && before.bytes().equals(bytes)) {
      stale = stale(task.listed(), before, rules);
      if (stale == null) {
        return new Touched();
      }
    }
    Problem problem = known.problem();
    if (problem != null && bytes.equals(problem.bytes())) {
      return rules.settles(known, problem) ? new Settled(problem) : new Work(rules.again(known));
    }
    if (before == null) {
      return new Work(problem == null ? Change.Reason.NEW : rules.again(known));
    }
    return stale == null ? new Work(Change.Reason.BYTES) : stale;
  }

  /** What has to be done although the bytes may be the same; null for nothing. */
  private static @Nullable Verdict stale(SourceDocument listed, Indexed indexed, Rules rules) {
    if (!indexed.pipeline().equals(rules.pipeline())) {
      return new Work(rules.changedFrom(indexed.pipeline()));
    }
    return indexed.metadata().equals(listed.metadata().fingerprint())
        ? null
        : new Work(Change.Reason.METADATA);
  }

  private static boolean isSame(SourceDocument listed, @Nullable String version) {
    return version != null && version.equals(listed.version());
  }
}
