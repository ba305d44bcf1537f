package dev.ragindex.core;

import dev.ragindex.api.DocumentState.Indexed;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.SourceDocument;
import dev.ragindex.api.Stage;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Foresees by a document's bytes alone what will happen to it; parses nothing. What embedding takes
 * is estimated from size and kind of file: equal bytes once, and nothing for bytes the index has.
 * Thread-safe.
 */
final class Estimates implements Decider {

  private final Pipeline pipeline;
  private final Rules rules;
  private final Problems problems;
  private final StageTimes times;
  private final long maxBytes;
  private final Predicate<Fingerprint> indexed;

  /** Bytes whose embedding is in the estimate already. */
  private final Set<Fingerprint> paidFor = ConcurrentHashMap.newKeySet();

  /**
   * Begins without any bytes paid for.
   *
   * @param indexed whether a document with these bytes was in the index when the run began
   */
  Estimates(
      Pipeline pipeline,
      Rules rules,
      Problems problems,
      StageTimes times,
      long maxBytes,
      Predicate<Fingerprint> indexed) {
    this.pipeline = pipeline;
    this.rules = rules;
    this.problems = problems;
    this.times = times;
    this.maxBytes = maxBytes;
    this.indexed = indexed;
  }

  @Override
  public @Nullable Outcome decide(Task task, Predicate<Fingerprint> postpone) {
    try {
      Fingerprint bytes = hash(task.listed());
      Verdict verdict = Verdict.byBytes(task, bytes, rules);
      boolean mayBeMoved = verdict instanceof Verdict.Work && task.indexed() == null;
      return mayBeMoved && postpone.test(bytes) ? null : outcome(task, bytes, verdict);
    } catch (Content.Vanished e) {
      return Outcome.deferred(task.id(), Stage.READ, "gone since it was listed");
    } catch (IndexingException e) {
      return problems.failed(task, null, e);
    }
  }

  @Override
  public Outcome decideNow(Task task) {
    try {
      Fingerprint bytes = hash(task.listed());
      Task now = task.asOf(bytes);
      return outcome(now, bytes, Verdict.byBytes(now, bytes, rules));
    } catch (Content.Vanished e) {
      return Outcome.deferred(task.id(), Stage.READ, "gone since it was listed");
    } catch (IndexingException e) {
      return problems.failed(task, null, e);
    }
  }

  private Fingerprint hash(SourceDocument listed) throws Content.Vanished {
    long start = System.nanoTime();
    try {
      return Content.hash(listed, maxBytes);
    } finally {
      times.add(Stage.READ, System.nanoTime() - start);
    }
  }

  private Outcome outcome(Task task, Fingerprint bytes, Verdict verdict) {
    return switch (verdict) {
      case Verdict.Unchanged unchanged -> Outcome.quiet(task.id(), Tally::unchanged);
      case Verdict.Touched touched -> Outcome.quiet(task.id(), Tally::unchanged);
      case Verdict.Settled settled -> problems.settledByBytes(task, settled.problem());
      case Verdict.Work work -> work(task, bytes, work.reason());
    };
  }

  private Outcome work(Task task, Fingerprint bytes, Change.Reason reason) {
    Indexed old = task.indexed();
    Absent from = task.from();
    if (from != null) {
      return planned(Change.Kind.MOVE, task, Change.Reason.MOVED, bytes, cutting(task));
    }
    if (old != null && reason == Change.Reason.METADATA) {
      return planned(Change.Kind.PATCH, task, reason, bytes, 0);
    }
    boolean copy = (old == null || !old.bytes().equals(bytes)) && indexed.test(bytes);
    long embedding = !copy && paidFor.add(bytes) ? SizeEstimate.tokens(task.listed()) : 0;
    Change.Kind kind = old == null ? Change.Kind.ADD : Change.Kind.UPDATE;
    return planned(kind, task, reason, bytes, cutting(task) + embedding);
  }

  private static Outcome planned(
      Change.Kind kind, Task task, Change.Reason reason, Fingerprint bytes, long tokens) {
    Absent from = task.from();
    Change change = new Change(kind, task.id(), reason, from == null ? null : from.id(), false);
    return Outcome.planned(task.id(), bytes, tokens, tally -> tally.changed(change));
  }

  /** A chunker that embeds reads the whole text, whether its chunks are known or not. */
  private long cutting(Task task) {
    return pipeline.embedsToCut() ? SizeEstimate.tokens(task.listed()) : 0;
  }
}
