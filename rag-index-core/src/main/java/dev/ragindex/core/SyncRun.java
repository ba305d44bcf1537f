package dev.ragindex.core;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.IndexingException.Kind;
import dev.ragindex.api.Listing;
import dev.ragindex.api.Settings;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.Source;
import dev.ragindex.api.Stage;
import dev.ragindex.api.StoreWriter;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * One sync of one source, or of some of its documents: a {@link Pass} whose workers read, parse,
 * chunk and embed, and whose outcomes are committed as they arrive. Serves once.
 */
final class SyncRun {

  private final Setup setup;
  private final Scope scope;
  private final Source source;
  private final SyncOptions options;

  private final Account account;
  private final Tally tally;
  private boolean cancelled;

  SyncRun(Setup setup, Scope scope, SyncOptions options) {
    this.setup = setup;
    this.scope = scope;
    this.source = scope.source();
    this.options = options;
    this.account = Account.of(options);
    this.tally = account.tally();
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
    try (Snapshot snapshot = setup.store().snapshot()) {
      requireFits(snapshot); // before anything is created
    }
    try (Listing listing = listing();
        StoreWriter writer = setup.store().writer();
        Snapshot before = setup.store().snapshot()) {
      requireFits(before);
      sync(listing, writer, before);
      listing.uncovered().forEach(part -> tally.uncovered(part.prefix(), part.reason()));
      return account.report(
          source.name(), listing.excluded(), listing.uncovered().size(), true, start);
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
    Workshop shop = new Workshop(setup, before, source.name(), options, account.times());
    try (BatchWriter batches = shop.batches(writer, tally, after(before.settings(), inventory));
        Workers workers =
            new Workers(
                Admission.forCoresAnd(setup.embedder().limits()),
                batches,
                account,
                setup.grace())) {
      try {
        pass(inventory, shop).go(listing, workers, batches, options.allowDeletes());
      } catch (InterruptedException e) {
        cancelled = true;
        workers.stop().forEach(this::leave);
      }
      workers.requireNoFailure();
      batches.finish();
    } finally {
      tally.tokens(shop.tokensEmbedded());
      shop.close();
    }
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

  private Pass pass(Inventory inventory, Workshop shop) {
    return new Pass(scope, inventory, shop.rules(), shop.problems(), shop.work(), account);
  }

  private void leave(DocumentId document) {
    tally.deferred(document.key(), Stage.READ, "the run was cancelled before it was done");
  }
}
