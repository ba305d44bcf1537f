package dev.ragindex.core;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.DocumentState.Indexed;
import dev.ragindex.api.Embedder;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.Listing;
import dev.ragindex.api.Problem;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.Source;
import dev.ragindex.api.SourceDocument;
import dev.ragindex.api.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Foresees a sync: lists, compares versions, and hashes what looks new or changed. Reads the store,
 * parses nothing, writes nothing. Serves once.
 */
final class PlanRun {

  /** Bytes of content a token, about: what costs are estimated by. */
  private static final int BYTES_PER_TOKEN = 4;

  private final Snapshot snapshot;
  private final Pipeline pipeline;
  private final Embedder embedder;
  private final Source source;
  private final SyncOptions options;
  private final long maxBytes;
  private final Clock clock;
  private final Tally tally = new Tally();
  private final StageTimes times = new StageTimes();
  private final Progress progress;
  private final Inventory inventory;

  /** Bytes the index has, or will have once what was planned so far is done. */
  private final Set<Fingerprint> paidFor = new HashSet<>();

  private final List<MaybeMoved> maybeMoved = new ArrayList<>();

  PlanRun(
      Snapshot snapshot,
      Pipeline pipeline,
      Embedder embedder,
      Source source,
      SyncOptions options,
      long maxBytes,
      Clock clock) {
    this.snapshot = snapshot;
    this.pipeline = pipeline;
    this.embedder = embedder;
    this.source = source;
    this.options = options;
    this.maxBytes = maxBytes;
    this.clock = clock;
    this.progress = new Progress(options.listener());
    this.inventory = Inventory.of(snapshot, source.name());
  }

  /**
   * Makes the plan.
   *
   * @throws IllegalArgumentException if the index was made with another model or root
   * @throws IndexingException if the source cannot be listed
   */
  Plan run() {
    IndexSettings.requireModel(snapshot, embedder);
    IndexSettings.requireRoot(snapshot.settings(), source, options.newRoot());
    long start = System.nanoTime();
    tally.chunksBefore(inventory.chunks());
    try (Listing listing = source.list()) {
      long listed = list(listing);
      Missing missing =
          inventory.missing(
              key -> listing.uncovered().stream().noneMatch(part -> part.contains(key)));
      move(missing);
      delete(missing, listed);
      listing.uncovered().forEach(part -> tally.uncovered(part.prefix(), part.reason()));
      return new Plan(
          tally.report(
              source.name(),
              listing.excluded(),
              listing.uncovered().size(),
              false,
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

  private long list(Listing listing) {
    long listed = 0;
    for (SourceDocument next = next(listing); next != null; next = next(listing)) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("cancelled; a plan writes nothing");
      }
      listed++;
      tally.listed();
      progress.listed();
      Inventory.Sighting sighting = inventory.see(next, pipeline.fingerprint());
      DocumentState known = sighting.state();
      Verdict verdict = Verdict.byVersion(next, sighting, pipeline.fingerprint());
      if (verdict instanceof Verdict.Work) {
        read(next, known);
      } else {
        settle(next, known, verdict, null);
      }
      progress.settled(0);
    }
    progress.listingDone();
    return listed;
  }

  private @Nullable SourceDocument next(Listing listing) {
    return times.in(Stage.LIST, () -> listing.hasNext() ? listing.next() : null);
  }

  private void read(SourceDocument document, @Nullable DocumentState known) {
    long start = System.nanoTime();
    if (document.size() > maxBytes) {
      IndexingException tooLarge = Content.tooLarge(document.size(), maxBytes);
      tally.problem(
          document.id().key(),
          problem(Problem.Kind.CONTENT, String.valueOf(tooLarge.getMessage())));
      return;
    }
    try (InputStream in = document.open()) {
      Fingerprint bytes = Fingerprint.ofStream(in);
      if (known == null && inventory.awaits(bytes)) {
        maybeMoved.add(new MaybeMoved(document, bytes));
        return;
      }
      settle(
          document, known, Verdict.byBytes(document, known, bytes, pipeline.fingerprint()), bytes);
    } catch (NoSuchFileException e) {
      tally.deferred(document.id().key(), Stage.READ, "gone since it was listed");
    } catch (IOException e) {
      tally.problem(document.id().key(), problem(Problem.Kind.READ, "it could not be read: " + e));
    } finally {
      times.add(Stage.READ, System.nanoTime() - start);
    }
  }

  private Problem problem(Problem.Kind kind, String reason) {
    return new Problem(
        Stage.READ, kind, reason, null, null, pipeline.fingerprint(), 1, clock.instant());
  }

  private void settle(
      SourceDocument document,
      @Nullable DocumentState known,
      Verdict verdict,
      @Nullable Fingerprint bytes) {
    switch (verdict) {
      case Verdict.Unchanged unchanged -> tally.unchanged();
      case Verdict.Touched touched -> tally.unchanged();
      case Verdict.Settled settled -> tally.problem(document.id().key(), settled.problem());
      case Verdict.Work work -> {
        Indexed indexed = known == null ? null : known.indexed();
        boolean patch = indexed != null && work.reason() == Change.Reason.METADATA;
        Change.Kind kind =
            indexed == null ? Change.Kind.ADD : patch ? Change.Kind.PATCH : Change.Kind.UPDATE;
        tally.changed(new Change(kind, document.id(), work.reason(), null, false));
        if (!patch) {
          estimate(document, bytes == null || paidFor.add(bytes));
        }
      }
    }
  }

  /** A chunker that embeds reads the whole text, whether its chunks are known or not. */
  private void estimate(SourceDocument document, boolean embedsChunks) {
    long tokens = document.size() / BYTES_PER_TOKEN;
    tally.embedded((embedsChunks ? tokens : 0) + (pipeline.embedsToCut() ? tokens : 0), 0);
  }

  private void move(Missing missing) {
    for (MaybeMoved candidate : maybeMoved.stream().sorted().toList()) {
      DocumentId id = candidate.listed().id();
      Absent from = missing.takeLike(candidate.bytes());
      estimate(candidate.listed(), false);
      tally.changed(
          from == null
              ? new Change(Change.Kind.ADD, id, Change.Reason.NEW, null, false)
              : new Change(Change.Kind.MOVE, id, Change.Reason.MOVED, from.id(), false));
    }
  }

  private void delete(Missing missing, long listed) {
    List<Absent> gone = missing.rest();
    boolean allowed =
        DeletionGuard.allows(gone.size(), inventory.documents(), listed, options.allowDeletes());
    for (Absent document : gone) {
      tally.changed(
          new Change(Change.Kind.DELETE, document.id(), Change.Reason.GONE, null, !allowed));
      if (allowed) {
        tally.chunks(0, 0, document.chunks(), -document.chunks());
      }
    }
  }
}
