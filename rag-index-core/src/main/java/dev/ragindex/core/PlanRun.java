package dev.ragindex.core;

import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.Listing;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.Source;
import dev.ragindex.api.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Foresees a sync: lists, compares versions, and has what looks new or changed decided on, by its
 * bytes alone or, for an exact plan, by the code that a sync runs. Reads the store, writes and
 * embeds nothing. Serves once.
 */
final class PlanRun {

  private final Setup setup;
  private final Snapshot before;
  private final Scope scope;
  private final Source source;
  private final SyncOptions options;
  private final boolean exact;
  private final Account account;
  private final Tally tally;
  private final Inventory inventory;
  private final Rules rules;
  private final Problems problems;
  private final Decider decider;
  private final Foresight foresight;

  PlanRun(Setup setup, Snapshot before, Source source, SyncOptions options) {
    this.setup = setup;
    this.before = before;
    this.scope = new Scope.Whole(source);
    this.source = source;
    this.options = options;
    this.exact = options.exact() && !setup.pipeline().embedsToCut();
    this.account = Account.of(options);
    this.tally = account.tally();
    this.foresight = new Foresight(tally);
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
        account.times(),
        setup.maxBytes());
  }

  private Decider estimates() {
    return new Estimates(
        setup.pipeline(), rules, problems, account.times(), setup.maxBytes(), inventory::has);
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
    Admission admission = Admission.forCores();
    try (Listing listing = source.list();
        Workers workers = new Workers(admission, foresight, account, Duration.ZERO)) {
      Withheld withheld =
          new Pass(scope, inventory, rules, problems, decider, account)
              .go(listing, workers, foresight, options.allowDeletes());
      listing.uncovered().forEach(part -> tally.uncovered(part.prefix(), part.reason()));
      return plan(
          withheld,
          account.report(
              source.name(), listing.excluded(), listing.uncovered().size(), exact, start));
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

  private Plan plan(@Nullable Withheld withheld, SyncReport forecast) {
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
