package dev.ragindex.core;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Embedder;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.IndexingException.Kind;
import dev.ragindex.api.Listing;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.Settings;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.Source;
import dev.ragindex.api.SourceDocument;
import dev.ragindex.api.Stage;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.VectorStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One sync of one source: list and classify; hand what needs work to workers, who read, parse,
 * chunk and embed; commit as outcomes arrive. When the listing has ended: moves, then deletions.
 * Serves once.
 */
final class SyncRun {

  /** Texts of a call in flight that may each be all a document has. */
  private static final int TEXTS_AWAITED = 256;

  private final VectorStore store;
  private final Pipeline pipeline;
  private final Embedder embedder;
  private final Source source;
  private final SyncOptions options;
  private final long maxBytes;
  private final VectorCache cache;
  private final Pace pace;
  private final Clock clock;

  private final Tally tally = new Tally();
  private final StageTimes times = new StageTimes();
  private final Progress progress;
  private final Admission admission;
  private final Queue<MaybeMoved> maybeMoved = new ConcurrentLinkedQueue<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  SyncRun(
      VectorStore store,
      Pipeline pipeline,
      Embedder embedder,
      Source source,
      SyncOptions options,
      long maxBytes,
      VectorCache cache,
      Pace pace,
      Clock clock) {
    this.store = store;
    this.pipeline = pipeline;
    this.embedder = embedder;
    this.source = source;
    this.options = options;
    this.maxBytes = maxBytes;
    this.cache = cache;
    this.pace = pace;
    this.clock = clock;
    this.progress = new Progress(options.listener());
    this.admission =
        new Admission(documentsInFlight(embedder.limits()), Runtime.getRuntime().maxMemory() / 64);
  }

  /** Enough to keep the cores at work while small documents fill the embedder's calls. */
  private static int documentsInFlight(Embedder.Limits limits) {
    int cores = Runtime.getRuntime().availableProcessors();
    return 2 * cores + limits.callsInFlight() * Math.min(limits.textsPerCall(), TEXTS_AWAITED);
  }

  /**
   * Runs it.
   *
   * @throws IllegalArgumentException if the index was made with another model or root
   * @throws CancellationException if the calling thread was interrupted; what was in flight is
   *     committed, nothing was deleted
   * @throws IndexingException if source, embedder or store fail; what was finished is committed
   */
  SyncReport run() {
    long start = System.nanoTime();
    long tokensBefore = pipeline.tokensEmbeddedToCut();
    try (Snapshot snapshot = store.snapshot()) {
      requireFits(snapshot); // before anything is created
    }
    try (Listing listing = listing();
        StoreWriter writer = store.writer();
        Snapshot before = store.snapshot()) {
      requireFits(before);
      sync(listing, writer, before);
      tally.embedded(pipeline.tokensEmbeddedToCut() - tokensBefore, 0);
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
    IndexSettings.requireModel(snapshot, embedder);
    IndexSettings.requireRoot(snapshot.settings(), source, options.newRoot());
  }

  private Listing listing() {
    try {
      return source.list();
    } catch (IOException e) {
      throw new IndexingException(
          Stage.LIST, Kind.READ, "the source '" + source.name() + "' cannot be listed: " + e, e);
    }
  }

  private void sync(Listing listing, StoreWriter writer, Snapshot before) {
    Inventory inventory = Inventory.of(before, source.name());
    tally.chunksBefore(inventory.chunks());
    RunVectors vectors = new RunVectors(embedder, store, before, times, cache, pace);
    DocumentWork work = new DocumentWork(pipeline, before, vectors, times, clock, maxBytes);
    Settings after = IndexSettings.after(before.settings(), source, pipeline, embedder, options);
    try (BatchWriter batches =
            new BatchWriter(writer, before, vectors, tally, times, after, work::refused);
        ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        long listed = list(listing, inventory, work, workers, batches);
        Missing missing = inventory.missing(key -> isCovered(listing, key));
        move(missing, work, workers, batches);
        delete(missing, inventory, listed, batches);
      } finally {
        admission.awaitAll();
      }
      requireNoFailure();
      batches.finish();
    }
    cache.clear(); // all of it is in the store
  }

  private long list(
      Listing listing,
      Inventory inventory,
      DocumentWork work,
      ExecutorService workers,
      BatchWriter batches) {
    long listed = 0;
    for (SourceDocument next = next(listing); next != null; next = next(listing)) {
      requireGoOn(batches);
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
        case Verdict.Work reason ->
            submit(
                workers,
                batches,
                document,
                () -> work.decide(document, known, (d, bytes) -> postpone(inventory, d, bytes)));
      }
    }
    admission.awaitAll();
    requireGoOn(batches);
    progress.listingDone();
    return listed;
  }

  private @Nullable SourceDocument next(Listing listing) {
    return times.in(Stage.LIST, () -> listing.hasNext() ? listing.next() : null);
  }

  private boolean postpone(Inventory inventory, SourceDocument document, Fingerprint bytes) {
    boolean awaited = inventory.awaits(bytes);
    if (awaited) {
      maybeMoved.add(new MaybeMoved(document, bytes));
    }
    return awaited;
  }

  /** Pairs new and missing documents of equal bytes, in the order of their keys. */
  private void move(
      Missing missing, DocumentWork work, ExecutorService workers, BatchWriter batches) {
    for (MaybeMoved candidate : maybeMoved.stream().sorted().toList()) {
      requireGoOn(batches);
      SourceDocument document = candidate.listed();
      Absent from = missing.takeLike(candidate.bytes());
      submit(
          workers,
          batches,
          document,
          from == null
              ? () -> work.decide(document, null, (d, bytes) -> false)
              : () -> work.decideMove(document, candidate.bytes(), from));
    }
    admission.awaitAll();
    requireGoOn(batches);
  }

  private static boolean isCovered(Listing listing, String key) {
    return listing.uncovered().stream().noneMatch(part -> part.contains(key));
  }

  private void delete(Missing missing, Inventory inventory, long listed, BatchWriter batches) {
    List<Absent> gone = missing.rest();
    boolean allowed =
        DeletionGuard.allows(gone.size(), inventory.documents(), listed, options.allowDeletes());
    for (Absent document : gone) {
      DocumentId id = document.id();
      Change change = new Change(Change.Kind.DELETE, id, Change.Reason.GONE, null, !allowed);
      if (allowed) {
        int chunks = document.chunks();
        batches.add(
            Outcome.note(
                id,
                new Mutation.Remove(id),
                t -> {
                  t.changed(change);
                  t.chunks(0, 0, chunks, -chunks);
                }));
      } else {
        tally.changed(change);
      }
    }
  }

  private void submit(
      ExecutorService workers,
      BatchWriter batches,
      SourceDocument document,
      Supplier<@Nullable Outcome> decision) {
    Admission.Hold hold = admission.admit(document);
    workers.execute(
        () -> {
          try (hold) {
            work(decision, batches);
          }
        });
  }

  /** Notes a failure while the hold is still held: whoever waits for the last one then sees it. */
  private void work(Supplier<@Nullable Outcome> decision, BatchWriter batches) {
    try {
      if (failure.get() == null && !batches.failed()) {
        Outcome outcome = decision.get();
        if (outcome != null) {
          accept(outcome, batches);
        }
      }
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    }
  }

  private void accept(Outcome outcome, BatchWriter batches) {
    if (outcome.mutations().isEmpty()) {
      outcome.effect().accept(tally);
    } else {
      batches.add(outcome);
    }
    progress.settled(outcome.tokens());
  }

  private void settle(Runnable effect) {
    effect.run();
    progress.settled(0);
  }

  private void requireGoOn(BatchWriter batches) {
    requireNoFailure();
    batches.requireSound();
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException(
          "cancelled: what was in flight is committed, nothing was deleted; run again to finish");
    }
  }

  private void requireNoFailure() {
    switch (failure.get()) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> {}
    }
  }
}
