package dev.ragindex.core;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.Settings;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.Source;
import dev.ragindex.api.SourceDocument;
import dev.ragindex.api.Stage;
import dev.ragindex.api.StoreWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Carries out a plan and nothing else: looks each document of it up, hands what can be written to
 * workers, commits as outcomes arrive, and deletes last. Serves once.
 */
final class ApplyRun {

  private final Setup setup;
  private final Plan plan;
  private final Source source;
  private final SyncOptions options;
  private final Account account;
  private final Tally tally;
  private boolean cancelled;

  ApplyRun(Setup setup, Plan plan, Source source, SyncOptions options) {
    this.setup = setup;
    this.plan = plan;
    this.source = source;
    this.options = asPlanned(plan, options);
    this.account = Account.of(this.options);
    this.tally = account.tally();
  }

  /**
   * What is in the plan was asked for. What it costs may be spent, within the plan's own ceiling.
   */
  private static SyncOptions asPlanned(Plan plan, SyncOptions given) {
    SyncOptions options =
        SyncOptions.DEFAULT
            .retryProblems()
            .accept(plan.basis().accepted().toArray(String[]::new))
            .remember(given.remember())
            .listener(given.listener());
    SyncReport.Tokens tokens = plan.forecast().tokens();
    long cost = tokens.exact() ? tokens.estimated() : Long.MAX_VALUE;
    Long ceiling = plan.basis().maxEmbeddedTokens();
    return options.maxEmbeddedTokens(ceiling == null ? cost : Math.min(cost, ceiling));
  }

  /**
   * Runs it.
   *
   * @throws IllegalArgumentException if the plan was made with another source, root, model or
   *     pipeline; nothing was written
   * @throws SyncCancelledException if the calling thread was interrupted
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
    try (StoreWriter writer = setup.store().writer();
        Snapshot before = setup.store().snapshot()) {
      requireFits(before);
      tally.chunksBefore(chunks(before, source.name()));
      apply(writer, before);
    }
    return account.report(source.name(), 0, 0, true, start);
  }

  private void requireFits(Snapshot snapshot) {
    Plan.Basis basis = plan.basis();
    requireEqual("source", basis.source(), source.name());
    requireEqual("root", basis.root(), source.root());
    requireEqual("model", basis.embedder(), setup.embedder().signature().fingerprint());
    requireEqual("pipeline", basis.pipeline(), setup.pipeline().fingerprint());
    if (snapshot.revision() < basis.revision()) {
      throw new IllegalArgumentException(
          ("the plan was made against revision %d, this index is at %d: it is another one, or was"
                  + " restored; plan again")
              .formatted(basis.revision(), snapshot.revision()));
    }
    IndexSettings.requireModel(snapshot, setup.embedder());
    IndexSettings.requireRoot(snapshot.settings(), source, basis.newRoot());
  }

  private void requireEqual(String what, Object planned, Object present) {
    if (!planned.equals(present)) {
      throw new IllegalArgumentException(
          "the plan was made with another %s: %s, stages %s; this is %s, stages %s: plan again"
              .formatted(
                  what, planned, plan.basis().stages(), present, setup.pipeline().description()));
    }
  }

  private static long chunks(Snapshot before, String source) {
    try (Stream<DocumentState> states = before.states(source)) {
      return states
          .map(DocumentState::indexed)
          .filter(Objects::nonNull)
          .mapToLong(DocumentState.Indexed::chunks)
          .sum();
    }
  }

  private void apply(StoreWriter writer, Snapshot before) {
    Workshop shop = new Workshop(setup, before, source.name(), options, account.times());
    StepWork steps = new StepWork(source, before, shop);
    Admission admission = Admission.forCoresAnd(setup.embedder().limits());
    try (BatchWriter batches = shop.batches(writer, tally, after(before.settings()));
        Workers workers = new Workers(admission, batches, account, setup.grace())) {
      try {
        write(steps, workers, batches);
        delete(steps, workers, batches);
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

  private Settings after(Settings before) {
    Map<String, String> ofSource = new HashMap<>(options.remember());
    ofSource.put(IndexSettings.ROOT, source.root());
    return IndexSettings.after(before, source.name(), ofSource, setup.pipeline(), setup.embedder());
  }

  private void write(StepWork steps, Workers workers, BatchWriter batches)
      throws InterruptedException {
    for (Plan.Step step : plan.steps()) {
      Fingerprint bytes = step.bytes();
      if (bytes != null) {
        Pass.requireGoOn(workers, batches);
        account.listed();
        DocumentId id = step.change().document();
        switch (account.listing(() -> steps.find(id))) {
          case StepWork.Answer.There(SourceDocument document) ->
              workers.submit(document, () -> steps.write(step, bytes, document));
          case StepWork.Answer.Gone gone ->
              workers.settle(Outcome.deferred(id, Stage.READ, "gone since the plan was made"));
          case StepWork.Answer.Unknown(String reason) ->
              workers.settle(Outcome.deferred(id, Stage.READ, reason));
        }
      }
    }
    workers.awaitAll();
    account.progress().listingDone();
  }

  private void delete(StepWork steps, Workers workers, BatchWriter batches)
      throws InterruptedException {
    for (Plan.Step step : plan.steps()) {
      if (step.bytes() == null) {
        Pass.requireGoOn(workers, batches);
        Outcome outcome = account.listing(() -> steps.delete(step));
        if (outcome.mutations().isEmpty()) {
          account.listed(); // it stays, and so it is among those that are accounted for
        }
        batches.add(outcome);
        account.progress().settled(0);
      }
    }
  }

  private void leave(DocumentId document) {
    tally.deferred(document.key(), Stage.READ, "the run was cancelled before it was done");
  }
}
