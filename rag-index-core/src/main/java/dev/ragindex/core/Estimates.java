package dev.ragindex.core;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.DocumentState.Indexed;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.Problem;
import dev.ragindex.api.SourceDocument;
import dev.ragindex.api.Stage;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Foresees by a document's bytes alone what will happen to it; parses nothing. What embedding takes
 * is estimated from the size: equal bytes once, and nothing for bytes the index has. Thread-safe.
 */
final class Estimates implements Decider {

  /** Bytes of content a token, about. */
  private static final int BYTES_PER_TOKEN = 4;

  private final Pipeline pipeline;
  private final StageTimes times;
  private final Clock clock;
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
      StageTimes times,
      Clock clock,
      long maxBytes,
      Predicate<Fingerprint> indexed) {
    this.pipeline = pipeline;
    this.times = times;
    this.clock = clock;
    this.maxBytes = maxBytes;
    this.indexed = indexed;
  }

  @Override
  public @Nullable Outcome decide(
      SourceDocument listed,
      @Nullable DocumentState known,
      BiPredicate<SourceDocument, Fingerprint> postpone) {
    try {
      Fingerprint bytes = hash(listed);
      if (known == null && postpone.test(listed, bytes)) {
        return null;
      }
      return outcome(
          listed, known, bytes, Verdict.byBytes(listed, known, bytes, pipeline.fingerprint()));
    } catch (Content.Vanished e) {
      return Outcome.deferred(listed.id(), "gone since it was listed");
    } catch (IndexingException e) {
      Problem problem = problem(e);
      return Outcome.quiet(listed.id(), tally -> tally.problem(listed.id().key(), problem));
    }
  }

  @Override
  public Outcome decideMove(SourceDocument listed, Fingerprint bytes, Absent from) {
    DocumentId id = listed.id();
    Change change = new Change(Change.Kind.MOVE, id, Change.Reason.MOVED, from.id(), false);
    return changed(change, bytes, cutting(listed));
  }

  private Fingerprint hash(SourceDocument listed) throws Content.Vanished {
    long start = System.nanoTime();
    try {
      return Content.hash(listed, maxBytes);
    } finally {
      times.add(Stage.READ, System.nanoTime() - start);
    }
  }

  private Outcome outcome(
      SourceDocument listed, @Nullable DocumentState known, Fingerprint bytes, Verdict verdict) {
    DocumentId id = listed.id();
    return switch (verdict) {
      case Verdict.Unchanged unchanged -> Outcome.quiet(id, Tally::unchanged);
      case Verdict.Touched touched -> Outcome.quiet(id, Tally::unchanged);
      case Verdict.Settled settled ->
          Outcome.quiet(id, tally -> tally.problem(id.key(), settled.problem()));
      case Verdict.Work work -> work(listed, known == null ? null : known.indexed(), bytes, work);
    };
  }

  private Outcome work(
      SourceDocument listed, @Nullable Indexed old, Fingerprint bytes, Verdict.Work work) {
    boolean patch = old != null && work.reason() == Change.Reason.METADATA;
    Change.Kind kind =
        old == null ? Change.Kind.ADD : patch ? Change.Kind.PATCH : Change.Kind.UPDATE;
    Change change = new Change(kind, listed.id(), work.reason(), null, false);
    boolean copy = (old == null || !old.bytes().equals(bytes)) && indexed.test(bytes);
    long embedding = !copy && !patch && paidFor.add(bytes) ? tokens(listed) : 0;
    return changed(change, bytes, patch ? 0 : cutting(listed) + embedding);
  }

  private static Outcome changed(Change change, Fingerprint bytes, long tokens) {
    return Outcome.planned(
        change.document(),
        bytes,
        tokens,
        tally -> {
          tally.changed(change);
          tally.embedded(tokens, 0);
        });
  }

  /** A chunker that embeds reads the whole text, whether its chunks are known or not. */
  private long cutting(SourceDocument listed) {
    return pipeline.embedsToCut() ? tokens(listed) : 0;
  }

  private static long tokens(SourceDocument listed) {
    return Math.max(0, listed.size()) / BYTES_PER_TOKEN;
  }

  private Problem problem(IndexingException e) {
    Problem.Kind kind =
        e.kind() == IndexingException.Kind.CONTENT ? Problem.Kind.CONTENT : Problem.Kind.READ;
    String reason = String.valueOf(e.getMessage());
    return new Problem(
        e.stage(), kind, reason, null, null, pipeline.fingerprint(), 1, clock.instant());
  }
}
