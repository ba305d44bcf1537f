package dev.ragindex.core;

import dev.ragindex.api.Problem;
import dev.ragindex.api.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts what a run does, for its report. Thread-safe. */
final class Tally {

  private enum Count {
    LISTED,
    UNCHANGED,
    QUARANTINED,
    SUSPECT,
    DEFERRED
  }

  private final Map<Count, Long> counts = new EnumMap<>(Count.class);
  private final Map<Change.Kind, Long> applied = new EnumMap<>(Change.Kind.class);
  private final List<Change> changes = new ArrayList<>();
  private final List<SyncReport.Failure> failures = new ArrayList<>();
  private long withheld;
  private long chunksEmbedded;
  private long chunksReused;
  private long chunksRemoved;
  private long chunksTotal;
  private long tokens;
  private long cacheHits;

  synchronized void listed() {
    add(Count.LISTED);
  }

  synchronized void unchanged() {
    add(Count.UNCHANGED);
  }

  synchronized void problem(String key, Problem problem) {
    add(problem.kind() == Problem.Kind.SUSPECT ? Count.SUSPECT : Count.QUARANTINED);
    failures.add(new SyncReport.Failure(key, problem.stage(), problem.reason()));
  }

  synchronized void deferred(String key, Stage stage, String reason) {
    add(Count.DEFERRED);
    failures.add(new SyncReport.Failure(key, stage, reason));
  }

  synchronized void uncovered(String prefix, String reason) {
    failures.add(new SyncReport.Failure(prefix, Stage.LIST, reason));
  }

  synchronized void changed(Change change) {
    changes.add(change);
    if (change.withheld()) {
      withheld++;
    } else {
      applied.merge(change.kind(), 1L, Long::sum);
    }
  }

  /** Chunks that the source had when the run began. */
  synchronized void chunksBefore(long chunks) {
    chunksTotal += chunks;
  }

  synchronized void chunks(long embedded, long reused, long removed, long difference) {
    chunksEmbedded += embedded;
    chunksReused += reused;
    chunksRemoved += removed;
    chunksTotal += difference;
  }

  synchronized void tokens(long more) {
    tokens += more;
  }

  /** Chunks that took a vector computed for another document of the same run. */
  synchronized void cacheHits(long more) {
    cacheHits += more;
  }

  /**
   * The report.
   *
   * @param source the source's name
   * @param excluded what the listing left out
   * @param uncovered parts that could not be listed
   * @param exact whether the tokens were counted; if not they are an estimate and none was embedded
   * @param total wall-clock time
   * @param busy time in each stage
   */
  synchronized SyncReport report(
      String source,
      long excluded,
      long uncovered,
      boolean exact,
      Duration total,
      Map<Stage, Duration> busy) {
    return new SyncReport(
        source,
        get(Count.LISTED),
        get(Change.Kind.ADD),
        get(Change.Kind.UPDATE),
        get(Change.Kind.PATCH),
        get(Change.Kind.MOVE),
        get(Count.UNCHANGED),
        get(Count.QUARANTINED),
        get(Count.SUSPECT),
        get(Count.DEFERRED),
        get(Change.Kind.DELETE),
        withheld,
        excluded,
        uncovered,
        new SyncReport.Chunks(chunksEmbedded, chunksReused, chunksRemoved, chunksTotal),
        new SyncReport.Tokens(exact ? tokens : 0, tokens, exact),
        cacheHits,
        changes,
        failures,
        total,
        busy);
  }

  private void add(Count count) {
    counts.merge(count, 1L, Long::sum);
  }

  private long get(Count count) {
    return counts.getOrDefault(count, 0L);
  }

  private long get(Change.Kind kind) {
    return applied.getOrDefault(kind, 0L);
  }
}
