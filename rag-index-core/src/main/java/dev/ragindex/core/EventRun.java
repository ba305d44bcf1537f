package dev.ragindex.core;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.DocumentState.Indexed;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.Settings;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.SourceDocument;
import dev.ragindex.api.StoreWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * One change of one document that someone tells of, with its number in the order of changes or
 * without. Decides as a sync does and leaves the same records, so both can be mixed. Serves once.
 */
final class EventRun {

  /** Someone tried again what has not worked the last time: no problem is settled. */
  private static final SyncOptions AGAIN = SyncOptions.DEFAULT.retryProblems();

  private final Setup setup;
  private final DocumentId document;
  private final @Nullable Long number;
  private final Tally tally = new Tally();
  private final StageTimes times = new StageTimes();

  /**
   * A change.
   *
   * @param document the document
   * @param number its number, or null if it has none
   */
  EventRun(Setup setup, DocumentId document, @Nullable Long number) {
    this.setup = setup;
    this.document = document;
    this.number = number;
  }

  /** The document is now so. */
  SyncReport put(SourceDocument content) {
    return run(
        (work, known) -> {
          tally.listed();
          return isLate(known)
              ? Outcome.quiet(document, Tally::unchanged)
              : work.decideNow(Task.event(content, known, sequence(known)));
        });
  }

  /** The document is deleted. */
  SyncReport delete() {
    return run((work, known) -> isLate(known) ? nothing() : deletion(known));
  }

  /** A change that has happened already, or a later one. */
  private boolean isLate(@Nullable DocumentState known) {
    if (number == null || known == null || number > known.sequence()) {
      return false;
    }
    return number < known.sequence() || known.problem() == null;
  }

  private long sequence(@Nullable DocumentState known) {
    return number != null ? number : known == null ? 0 : known.sequence();
  }

  private Outcome nothing() {
    tally.listed();
    return Outcome.quiet(document, Tally::unchanged);
  }

  private Outcome deletion(@Nullable DocumentState known) {
    boolean gone = known == null || known.deleted();
    if (gone && number == null) {
      return nothing();
    }
    Indexed was = known == null ? null : known.indexed();
    DocumentState tombstone =
        new DocumentState(
            document,
            was == null ? null : was.withChunks(0),
            null,
            Metadata.EMPTY,
            sequence(known),
            true);
    Mutation put = new Mutation.Put(tombstone, List.of(), List.of());
    if (gone) {
      tally.listed();
      return Outcome.note(document, put, Tally::unchanged);
    }
    int chunks = was == null ? 0 : was.chunks();
    Change change = new Change(Change.Kind.DELETE, document, Change.Reason.REQUESTED, null, false);
    return Outcome.note(
        document,
        put,
        t -> {
          t.changed(change);
          t.chunks(0, 0, chunks, -chunks);
        });
  }

  private SyncReport run(Decision decision) {
    long start = System.nanoTime();
    try (Snapshot snapshot = setup.store().snapshot()) {
      IndexSettings.requireModel(snapshot, setup.embedder()); // before anything is created
    }
    try (StoreWriter writer = setup.store().writer();
        Snapshot before = setup.store().snapshot()) {
      IndexSettings.requireModel(before, setup.embedder());
      carryOut(decision, writer, before);
      Duration total = Duration.ofNanos(System.nanoTime() - start);
      return tally.report(document.source(), 0, 0, true, total, times.durations());
    }
  }

  private void carryOut(Decision decision, StoreWriter writer, Snapshot before) {
    try (Workshop shop = new Workshop(setup, before, document.source(), AGAIN, times)) {
      DocumentState known = before.state(document);
      Indexed indexed = known == null ? null : known.indexed();
      tally.chunksBefore(indexed == null ? 0 : indexed.chunks());
      Outcome outcome = decided(decision, shop.work(), known);
      if (outcome.mutations().isEmpty()) {
        outcome.effect().accept(tally);
      } else {
        try (BatchWriter batch = shop.batches(writer, tally, after(before.settings()))) {
          batch.add(outcome);
          batch.finish();
        }
      }
      tally.tokens(shop.tokensEmbedded());
    }
  }

  /** What a stage makes of an interrupt is no fault of the document, nor of the stage. */
  private Outcome decided(Decision decision, DocumentWork work, @Nullable DocumentState known) {
    try {
      Outcome outcome = decision.on(work, known);
      requireNotCancelled();
      return outcome;
    } catch (RuntimeException e) {
      requireNotCancelled();
      throw e;
    }
  }

  private void requireNotCancelled() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException(document + ": cancelled, nothing was written");
    }
  }

  private Settings after(Settings before) {
    return IndexSettings.after(
        before, document.source(), Map.of(), setup.pipeline(), setup.embedder());
  }

  private interface Decision {
    Outcome on(DocumentWork work, @Nullable DocumentState known);
  }
}
