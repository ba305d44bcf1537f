package dev.ragindex.core;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.Listing;
import dev.ragindex.api.SourceDocument;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * One way through a listing, which a sync goes and a plan foresees: classify each document; hand
 * what needs work to workers; when the listing has ended, moves, then deletions. Serves once.
 */
final class Pass {

  private final Scope scope;
  private final Inventory inventory;
  private final Rules rules;
  private final Problems problems;
  private final Decider decider;
  private final Account account;
  private final Queue<MaybeMoved> maybeMoved = new ConcurrentLinkedQueue<>();

  /**
   * Sets out.
   *
   * @param scope what is listed
   * @param inventory what the index has of it
   * @param decider decides on what has to be read
   */
  Pass(
      Scope scope,
      Inventory inventory,
      Rules rules,
      Problems problems,
      Decider decider,
      Account account) {
    this.scope = scope;
    this.inventory = inventory;
    this.rules = rules;
    this.problems = problems;
    this.decider = decider;
    this.account = account;
  }

  /**
   * Goes all the way.
   *
   * @param sink takes what is decided, from the workers and from here
   * @param allowDeletes most deletions that were allowed, null if nobody said so
   * @return why deletions are withheld, or null
   * @throws InterruptedException if the thread is interrupted; workers may still be at work
   */
  @Nullable Withheld go(Listing listing, Workers workers, Sink sink, @Nullable Integer allowDeletes)
      throws InterruptedException {
    long listed = list(listing, workers, sink);
    Missing missing = inventory.missing(key -> scope.covers(listing, key));
    move(missing, workers, sink);
    return delete(missing, listed == 0, sink, allowDeletes);
  }

  private long list(Listing listing, Workers workers, Sink sink) throws InterruptedException {
    long listed = 0;
    for (SourceDocument next = next(listing); next != null; next = next(listing)) {
      requireGoOn(workers, sink);
      listed++;
      account.listed();
      classify(next, workers);
    }
    workers.awaitAll();
    requireGoOn(workers, sink);
    account.progress().listingDone();
    return listed;
  }

  private @Nullable SourceDocument next(Listing listing) throws InterruptedException {
    try {
      return account.listing(() -> listing.hasNext() ? listing.next() : null);
    } catch (RuntimeException e) {
      requireNotInterrupted(); // a source may well fail because of that
      throw e;
    }
  }

  private void classify(SourceDocument document, Workers workers) throws InterruptedException {
    DocumentId id = document.id();
    Inventory.Sighting sighting = inventory.see(document, rules.pipeline());
    switch (Verdict.byVersion(document, sighting, rules)) {
      case Verdict.Unchanged unchanged -> workers.settle(Outcome.quiet(id, Tally::unchanged));
      case Verdict.Touched touched -> workers.settle(Outcome.quiet(id, Tally::unchanged));
      case Verdict.Settled settled -> workers.settle(problems.settled(id, settled.problem()));
      case Verdict.Work work -> {
        Task task = Task.listed(document, sighting.state());
        workers.submit(document, () -> decider.decide(task, bytes -> postpone(task, bytes)));
      }
    }
  }

  private boolean postpone(Task task, Fingerprint bytes) {
    boolean awaited = inventory.awaits(bytes);
    if (awaited) {
      maybeMoved.add(new MaybeMoved(task, bytes));
    }
    return awaited;
  }

  /** Pairs new and missing documents of equal bytes, in the order of their keys. */
  private void move(Missing missing, Workers workers, Sink sink) throws InterruptedException {
    for (MaybeMoved candidate : maybeMoved.stream().sorted().toList()) {
      requireGoOn(workers, sink);
      Task task = candidate.task();
      Absent from = missing.takeLike(candidate.bytes());
      Task moved = from == null ? task : task.movedFrom(from);
      workers.submit(task.listed(), () -> decider.decideNow(moved));
    }
    workers.awaitAll();
    requireGoOn(workers, sink);
  }

  private @Nullable Withheld delete(
      Missing missing, boolean empty, Sink sink, @Nullable Integer allowDeletes) {
    List<Absent> gone =
        missing.rest().stream().filter(absent -> !problems.hold(absent.bytes())).toList();
    Withheld withheld =
        DeletionGuard.objection(
            gone.size(), inventory::documents, empty && scope.distrustsEmpty(), allowDeletes);
    for (Absent document : gone) {
      if (withheld == null) {
        sink.add(Records.deletion(document, Change.Reason.GONE));
      } else {
        account
            .tally()
            .changed(new Change(Change.Kind.DELETE, document.id(), Change.Reason.GONE, null, true));
      }
    }
    return withheld;
  }

  /**
   * Looks whether going on makes sense.
   *
   * @throws InterruptedException if the thread was interrupted
   */
  static void requireGoOn(Workers workers, Sink sink) throws InterruptedException {
    workers.requireNoFailure();
    sink.requireSound();
    requireNotInterrupted();
  }

  private static void requireNotInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }
}
