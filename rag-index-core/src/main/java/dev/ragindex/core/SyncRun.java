package dev.ragindex.core;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.IndexingException.Kind;
import dev.ragindex.api.Listing;
import dev.ragindex.api.Settings;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.Source;
import dev.ragindex.api.SourceDocument;
import dev.ragindex.api.Stage;
import dev.ragindex.api.StoreWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * One sync of one source, or of some of its documents: list and classify; hand what needs work to
 * workers, who read, parse, chunk and embed; commit as outcomes arrive. When the listing has ended:
 * moves, then deletions. Serves once.
 */
final class SyncRun {

  private final Setup setup;
  private final Scope scope;
  private final Source source;
  private final SyncOptions options;

  private final Tally tally = new Tally();
  private final StageTimes times = new StageTimes();
  private final Progress progress;
  private final Queue<MaybeMoved> maybeMoved = new ConcurrentLinkedQueue<>();
  private boolean cancelled;

  SyncRun(Setup setup, Scope scope, SyncOptions options) {
    this.setup = setup;
    this.scope = scope;
    this.source = scope.source();
    this.options = options;
    this.progress = new Progress(options.listener());
  }

  /**
   * Runs it.
   *
   * @throws IllegalArgumentException if the index was made with another model or root
   * @throws SyncCancelledException if the calling thread was interrupted
   * @throws IndexingException if source, embedder or store fail; what was finished is committed
   */
  SyncReport run() {
    SyncReport report = carryOut();
    if (cancelled) {
      Thread.currentThread().interrupt();
      throw new SyncCancelledException(report);
    }
    return report;
  }

  private SyncReport carryOut() {
    long start = System.nanoTime();
    long tokensBefore = setup.pipeline().tokensEmbeddedToCut();
    try (Snapshot snapshot = setup.store().snapshot()) {
      requireFits(snapshot); // before anything is created
    }
    try (Listing listing = listing();
        StoreWriter writer = setup.store().writer();
        Snapshot before = setup.store().snapshot()) {
      requireFits(before);
      sync(listing, writer, before);
      tally.tokens(setup.pipeline().tokensEmbeddedToCut() - tokensBefore);
      listing.uncovered().forEach(part -> tally.uncovered(part.prefix(), part.reason()));
      return tally.report(
          source.name(),
          listing.excluded(),
          listing.uncovered().size(),
          true,
          Duration.ofNanos(System.nanoTime() - start),
          times.durations());
    }
  }

  private void requireFits(Snapshot snapshot) {
    IndexSettings.requireModel(snapshot, setup.embedder());
    IndexSettings.requireRoot(snapshot.settings(), source, options.newRoot());
  }

  private Listing listing() {
    try {
      return scope.list();
    } catch (IOException e) {
      throw new IndexingException(
          Stage.LIST, Kind.READ, "the source '" + source.name() + "' cannot be listed: " + e, e);
    }
  }

  private void sync(Listing listing, StoreWriter writer, Snapshot before) {
    Inventory inventory = scope.inventory(before);
    tally.chunksBefore(inventory.chunks());
    Workshop shop = new Workshop(setup, before, source.name(), options, times);
    try (BatchWriter batches = shop.batches(writer, tally, after(before.settings(), inventory));
        Workers workers = new Workers(admission(), batches, tally, progress, setup.grace())) {
      try {
        long listed = list(listing, inventory, shop, workers, batches);
        Missing missing = inventory.missing(key -> scope.covers(listing, key));
        move(missing, shop.work(), workers, batches);
        delete(missing, inventory, listed, shop.problems(), batches);
      } catch (InterruptedException e) {
        cancelled = true;
        workers.stop().forEach(this::leave);
      }
      workers.requireNoFailure();
      batches.finish();
    } finally {
      tally.tokens(shop.tokensEmbedded());
    }
  }

  private Admission admission() {
    Runtime machine = Runtime.getRuntime();
    int callsInFlight = setup.embedder().limits().callsInFlight();
    return new Admission(
        2 * machine.availableProcessors() + callsInFlight, machine.maxMemory() / 64);
  }

  private Settings after(Settings before, Inventory inventory) {
    Map<String, String> ofSource = new HashMap<>(options.remember());
    ofSource.put(IndexSettings.ROOT, source.root());
    Settings after =
        IndexSettings.after(before, source.name(), ofSource, setup.pipeline(), setup.embedder());
    if (after.equals(before) || scope instanceof Scope.Keys) {
      return after; // what is forgotten is forgotten on occasion, not for its own sake
    }
    Set<Fingerprint> inUse = new HashSet<>(inventory.pipelines());
    inUse.add(setup.pipeline().fingerprint());
    return IndexSettings.pruned(after, source.name(), inUse);
  }

  private long list(
      Listing listing, Inventory inventory, Workshop shop, Workers workers, BatchWriter batches)
      throws InterruptedException {
    long listed = 0;
    for (SourceDocument next = next(listing); next != null; next = next(listing)) {
      requireGoOn(workers, batches);
      SourceDocument document = next;
      listed++;
      tally.listed();
      progress.listed();
      Inventory.Sighting sighting = inventory.see(document, shop.rules().pipeline());
      DocumentId id = document.id();
      switch (Verdict.byVersion(document, sighting, shop.rules())) {
        case Verdict.Unchanged unchanged -> workers.settle(Outcome.quiet(id, Tally::unchanged));
        case Verdict.Touched touched -> workers.settle(Outcome.quiet(id, Tally::unchanged));
        case Verdict.Settled settled ->
            workers.settle(shop.problems().settled(id, settled.problem()));
        case Verdict.Work reason -> {
          Task task = Task.listed(document, sighting.state());
          workers.submit(
              document, () -> shop.work().decide(task, bytes -> postpone(inventory, task, bytes)));
        }
      }
    }
    workers.awaitAll();
    requireGoOn(workers, batches);
    progress.listingDone();
    return listed;
  }

  private @Nullable SourceDocument next(Listing listing) throws InterruptedException {
    try {
      return times.in(Stage.LIST, () -> listing.hasNext() ? listing.next() : null);
    } catch (RuntimeException e) {
      requireNotInterrupted(); // a source may well fail because of that
      throw e;
    }
  }

  private boolean postpone(Inventory inventory, Task task, Fingerprint bytes) {
    boolean awaited = inventory.awaits(bytes);
    if (awaited) {
      maybeMoved.add(new MaybeMoved(task, bytes));
    }
    return awaited;
  }

  /** Pairs new and missing documents of equal bytes, in the order of their keys. */
  private void move(Missing missing, DocumentWork work, Workers workers, BatchWriter batches)
      throws InterruptedException {
    for (MaybeMoved candidate : maybeMoved.stream().sorted().toList()) {
      requireGoOn(workers, batches);
      Task task = candidate.task();
      Absent from = missing.takeLike(candidate.bytes());
      Task moved = from == null ? task : task.movedFrom(from);
      workers.submit(task.listed(), () -> work.decideNow(moved));
    }
    workers.awaitAll();
    requireGoOn(workers, batches);
  }

  private void delete(
      Missing missing, Inventory inventory, long listed, Problems problems, BatchWriter batches) {
    List<Absent> gone =
        missing.rest().stream().filter(absent -> !problems.hold(absent.bytes())).toList();
    boolean allowed =
        DeletionGuard.allows(
            gone.size(),
            inventory::documents,
            listed == 0 && scope.distrustsEmpty(),
            options.allowDeletes());
    for (Absent document : gone) {
      Change change =
          new Change(Change.Kind.DELETE, document.id(), Change.Reason.GONE, null, !allowed);
      if (allowed) {
        batches.add(deletion(document, change));
      } else {
        tally.changed(change);
      }
    }
  }

  private static Outcome deletion(Absent document, Change change) {
    int chunks = document.chunks();
    return Outcome.note(
        document.id(),
        Records.removal(document),
        tally -> {
          tally.changed(change);
          tally.chunks(0, 0, chunks, -chunks);
        });
  }

  private void leave(DocumentId document) {
    tally.deferred(document.key(), Stage.READ, "the run was cancelled before it was done");
  }

  private static void requireGoOn(Workers workers, BatchWriter batches)
      throws InterruptedException {
    workers.requireNoFailure();
    batches.requireSound();
    requireNotInterrupted();
  }

  private static void requireNotInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }
}
