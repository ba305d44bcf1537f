package dev.ragindex.core;

import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.Listing;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.Source;
import dev.ragindex.api.SourceDocument;
import dev.ragindex.api.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Foresees a sync: lists, compares versions, and has what looks new or changed decided on, by its
 * bytes alone or, for an exact plan, by the code that a sync runs. Reads the store, writes and
 * embeds nothing. Serves once.
 */
final class PlanRun {

  private final Setup setup;
  private final Snapshot before;
  private final Source source;
  private final SyncOptions options;
  private final boolean exact;
  private final Tally tally = new Tally();
  private final StageTimes times = new StageTimes();
  private final Progress progress;
  private final Inventory inventory;
  private final Rules rules;
  private final Problems problems;
  private final Decider decider;
  private final Foresight foresight = new Foresight(tally);
  private final Queue<MaybeMoved> maybeMoved = new ConcurrentLinkedQueue<>();
  private @Nullable Withheld withheld;

  PlanRun(Setup setup, Snapshot before, Source source, SyncOptions options) {
    this.setup = setup;
    this.before = before;
    this.source = source;
    this.options = options;
    this.exact = options.exact() && !setup.pipeline().embedsToCut();
    this.progress = new Progress(options.listener());
    this.inventory = Inventory.of(before, source.name());
    this.rules =
        new Rules(
            setup.pipeline(),
            setup.maxBytes(),
            IndexSettings.chains(before.settings(), source.name()),
            options);
    this.problems = new Problems(before, rules, setup.clock());
    this.decider = exact ? work() : estimates();
  }

  private Decider work() {
    return new DocumentWork(
        setup.pipeline(),
        rules,
        new Records(before, new PlannedVectors(before), rules.pipeline()),
        problems,
        new TokenBudget(null),
        times,
        setup.maxBytes());
  }

  private Decider estimates() {
    return new Estimates(
        setup.pipeline(), rules, problems, times, setup.maxBytes(), inventory::has);
  }

  /**
   * Makes the plan.
   *
   * @throws IllegalArgumentException if the index was made with another model or root
   * @throws CancellationException if the calling thread is interrupted
   * @throws IndexingException if the source cannot be listed
   */
  Plan run() {
    IndexSettings.requireModel(before, setup.embedder());
    IndexSettings.requireRoot(before.settings(), source, options.newRoot());
    long start = System.nanoTime();
    tally.chunksBefore(inventory.chunks());
    Admission admission = Admission.forCoresAnd(0);
    try (Listing listing = source.list();
        Workers workers = new Workers(admission, foresight, tally, progress, Duration.ZERO)) {
      foresee(listing, workers);
      listing.uncovered().forEach(part -> tally.uncovered(part.prefix(), part.reason()));
      return plan(
          tally.report(
              source.name(),
              listing.excluded(),
              listing.uncovered().size(),
              exact,
              Duration.ofNanos(System.nanoTime() - start),
              times.durations()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("cancelled; a plan writes nothing");
    } catch (IOException e) {
      throw new IndexingException(
          Stage.LIST,
          IndexingException.Kind.READ,
          "the source '" + source.name() + "' cannot be listed: " + e,
          e);
    }
  }

  private void foresee(Listing listing, Workers workers) throws InterruptedException {
    long listed = list(listing, workers);
    Missing missing =
        inventory.missing(
            key -> listing.uncovered().stream().noneMatch(part -> part.contains(key)));
    move(missing, workers);
    delete(missing, listed);
  }

  private long list(Listing listing, Workers workers) throws InterruptedException {
    long listed = 0;
    for (SourceDocument next = next(listing); next != null; next = next(listing)) {
      requireGoOn(workers);
      SourceDocument document = next;
      listed++;
      tally.listed();
      progress.listed();
      Inventory.Sighting sighting = inventory.see(document, rules.pipeline());
      switch (Verdict.byVersion(document, sighting, rules)) {
        case Verdict.Unchanged unchanged ->
            workers.settle(Outcome.quiet(document.id(), Tally::unchanged));
        case Verdict.Touched touched ->
            workers.settle(Outcome.quiet(document.id(), Tally::unchanged));
        case Verdict.Settled settled ->
            workers.settle(problems.settled(document.id(), settled.problem()));
        case Verdict.Work work -> {
          Task task = Task.listed(document, sighting.state());
          workers.submit(document, () -> decider.decide(task, bytes -> postpone(task, bytes)));
        }
      }
    }
    workers.awaitAll();
    progress.listingDone();
    return listed;
  }

  private @Nullable SourceDocument next(Listing listing) {
    return times.in(Stage.LIST, () -> listing.hasNext() ? listing.next() : null);
  }

  private static void requireGoOn(Workers workers) throws InterruptedException {
    workers.requireNoFailure();
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private boolean postpone(Task task, Fingerprint bytes) {
    boolean awaited = inventory.awaits(bytes);
    if (awaited) {
      maybeMoved.add(new MaybeMoved(task, bytes));
    }
    return awaited;
  }

  private void move(Missing missing, Workers workers) throws InterruptedException {
    for (MaybeMoved candidate : maybeMoved.stream().sorted().toList()) {
      requireGoOn(workers);
      Task task = candidate.task();
      Absent from = missing.takeLike(candidate.bytes());
      Task moved = from == null ? task : task.movedFrom(from);
      workers.submit(task.listed(), () -> decider.decideNow(moved));
    }
    workers.awaitAll();
  }

  private void delete(Missing missing, long listed) {
    List<Absent> gone =
        missing.rest().stream().filter(absent -> !problems.hold(absent.bytes())).toList();
    withheld =
        DeletionGuard.objection(
            gone.size(), inventory::documents, listed == 0, options.allowDeletes());
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
            new TreeSet<>(options.accepted()),
            options.maxEmbeddedTokens(),
            setup.embedder().signature().fingerprint(),
            setup.pipeline().fingerprint(),
            setup.pipeline().description(),
            before.revision());
    List<Plan.Step> steps =
        forecast.changes().stream()
            .sorted(Comparator.comparing(Change::document))
            .map(this::step)
            .toList();
    return new Plan(basis, steps, withheld, forecast);
  }

  private Plan.Step step(Change change) {
    Foresight.Seen seen = foresight.of(change.document());
    Fingerprint indexed = StepWork.bytes(before.state(change.document()));
    return seen == null
        ? new Plan.Step(change, null, indexed, 0)
        : new Plan.Step(change, seen.content(), indexed, seen.tokens());
  }
}
