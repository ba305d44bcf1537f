package dev.ragindex.core;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Embedder;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.Listing;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.Source;
import dev.ragindex.api.SourceDocument;
import dev.ragindex.api.Stage;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Foresees a sync: lists, compares versions, and has what looks new or changed decided on, by its
 * bytes alone or, for an exact plan, by the code that a sync runs. Reads the store, writes and
 * embeds nothing. Serves once.
 */
final class PlanRun {

  private final Snapshot before;
  private final Pipeline pipeline;
  private final Embedder embedder;
  private final Source source;
  private final SyncOptions options;
  private final boolean exact;
  private final Tally tally = new Tally();
  private final StageTimes times = new StageTimes();
  private final Progress progress;
  private final Inventory inventory;
  private final Decider decider;
  private final Queue<MaybeMoved> maybeMoved = new ConcurrentLinkedQueue<>();
  private final Map<DocumentId, Seen> seen = new ConcurrentHashMap<>();
  private @Nullable Withheld withheld;

  /** What a change was decided on, and what it takes. */
  private record Seen(Fingerprint content, long tokens) {}

  PlanRun(
      Snapshot before,
      Pipeline pipeline,
      Embedder embedder,
      Source source,
      SyncOptions options,
      long maxBytes,
      Clock clock) {
    this.before = before;
    this.pipeline = pipeline;
    this.embedder = embedder;
    this.source = source;
    this.options = options;
    this.exact = options.exact() && !pipeline.embedsToCut();
    this.progress = new Progress(options.listener());
    this.inventory = Inventory.of(before, source.name());
    this.decider =
        exact
            ? new DocumentWork(pipeline, before, new PlannedVectors(before), times, clock, maxBytes)
            : new Estimates(pipeline, times, clock, maxBytes, inventory::has);
  }

  /**
   * Makes the plan.
   *
   * @throws IllegalArgumentException if the index was made with another model or root
   * @throws CancellationException if the calling thread is interrupted
   * @throws IndexingException if the source cannot be listed
   */
  Plan run() {
    IndexSettings.requireModel(before, embedder);
    IndexSettings.requireRoot(before.settings(), source, options.newRoot());
    long start = System.nanoTime();
    tally.chunksBefore(inventory.chunks());
    try (Listing listing = source.list();
        Workers workers = new Workers(Admission.forCoresAnd(0), this::foresee)) {
      long listed = list(listing, workers);
      Missing missing = inventory.missing(key -> isCovered(listing, key));
      move(missing, workers);
      delete(missing, listed);
      listing.uncovered().forEach(part -> tally.uncovered(part.prefix(), part.reason()));
      return plan(
          tally.report(
              source.name(),
              listing.excluded(),
              listing.uncovered().size(),
              exact,
              Duration.ofNanos(System.nanoTime() - start),
              times.durations()));
    } catch (IOException e) {
      throw new IndexingException(
          Stage.LIST,
          IndexingException.Kind.READ,
          "the source '" + source.name() + "' cannot be listed: " + e,
          e);
    }
  }

  private long list(Listing listing, Workers workers) {
    long listed = 0;
    for (SourceDocument next = next(listing); next != null; next = next(listing)) {
      requireGoOn(workers);
      SourceDocument document = next;
      listed++;
      tally.listed();
      progress.listed();
      Inventory.Sighting sighting = inventory.see(document, pipeline.fingerprint());
      DocumentState known = sighting.state();
      switch (Verdict.byVersion(document, sighting, pipeline.fingerprint())) {
        case Verdict.Unchanged unchanged -> settle(tally::unchanged);
        case Verdict.Touched touched -> settle(tally::unchanged);
        case Verdict.Settled settled ->
            settle(() -> tally.problem(document.id().key(), settled.problem()));
        case Verdict.Work work ->
            workers.submit(document, () -> decider.decide(document, known, this::postpone));
      }
    }
    workers.awaitAll();
    progress.listingDone();
    return listed;
  }

  private @Nullable SourceDocument next(Listing listing) {
    return times.in(Stage.LIST, () -> listing.hasNext() ? listing.next() : null);
  }

  private static void requireGoOn(Workers workers) {
    workers.requireSound();
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("cancelled; a plan writes nothing");
    }
  }

  private boolean postpone(SourceDocument document, Fingerprint bytes) {
    boolean awaited = inventory.awaits(bytes);
    if (awaited) {
      maybeMoved.add(new MaybeMoved(document, bytes));
    }
    return awaited;
  }

  private void settle(Runnable effect) {
    effect.run();
    progress.settled(0);
  }

  /** Takes note of what would be done; what would be written is dropped. */
  private void foresee(Outcome outcome) {
    Fingerprint content = outcome.content();
    if (content != null) {
      seen.put(outcome.document(), new Seen(content, outcome.tokens()));
    }
    settle(() -> outcome.effect().accept(tally));
  }

  private static boolean isCovered(Listing listing, String key) {
    return listing.uncovered().stream().noneMatch(part -> part.contains(key));
  }

  private void move(Missing missing, Workers workers) {
    for (MaybeMoved candidate : maybeMoved.stream().sorted().toList()) {
      requireGoOn(workers);
      SourceDocument document = candidate.listed();
      Absent from = missing.takeLike(candidate.bytes());
      workers.submit(
          document,
          from == null
              ? () -> decider.decide(document, null, (d, bytes) -> false)
              : () -> decider.decideMove(document, candidate.bytes(), from));
    }
    workers.awaitAll();
  }

  private void delete(Missing missing, long listed) {
    List<Absent> gone = missing.rest();
    withheld =
        DeletionGuard.objection(gone.size(), inventory.documents(), listed, options.allowDeletes());
    for (Absent document : gone) {
      tally.changed(
          new Change(
              Change.Kind.DELETE, document.id(), Change.Reason.GONE, null, withheld != null));
      if (withheld == null) {
        tally.chunks(0, 0, document.chunks(), -document.chunks());
      }
    }
  }

  private Plan plan(SyncReport forecast) {
    Plan.Basis basis =
        new Plan.Basis(
            source.name(),
            source.root(),
            options.newRoot(),
            embedder.signature().fingerprint(),
            pipeline.fingerprint(),
            pipeline.description(),
            before.revision());
    List<Plan.Step> steps =
        forecast.changes().stream()
            .sorted(Comparator.comparing(Change::document))
            .map(this::step)
            .toList();
    return new Plan(basis, steps, withheld, forecast);
  }

  private Plan.Step step(Change change) {
    Seen content = seen.get(change.document());
    DocumentState state = before.state(change.document());
    Fingerprint indexed = state == null || state.indexed() == null ? null : state.indexed().bytes();
    return content == null
        ? new Plan.Step(change, null, indexed, 0)
        : new Plan.Step(change, content.content(), indexed, content.tokens());
  }
}
