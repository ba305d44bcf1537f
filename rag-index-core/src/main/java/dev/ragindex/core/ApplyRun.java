package dev.ragindex.core;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Embedder;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.Settings;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.Source;
import dev.ragindex.api.SourceDocument;
import dev.ragindex.api.Stage;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.VectorStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

/**
 * Carries out a plan and nothing else: looks each document of it up, hands what can be written to
 * workers, commits as outcomes arrive, and deletes last. Serves once.
 */
final class ApplyRun {

  private final VectorStore store;
  private final Pipeline pipeline;
  private final Embedder embedder;
  private final Plan plan;
  private final Source source;
  private final SyncOptions options;
  private final long maxBytes;
  private final Clock clock;

  private final Tally tally = new Tally();
  private final StageTimes times = new StageTimes();
  private final Progress progress;

  ApplyRun(
      VectorStore store,
      Pipeline pipeline,
      Embedder embedder,
      Plan plan,
      Source source,
      SyncOptions options,
      long maxBytes,
      Clock clock) {
    this.store = store;
    this.pipeline = pipeline;
    this.embedder = embedder;
    this.plan = plan;
    this.source = source;
    this.options = options;
    this.maxBytes = maxBytes;
    this.clock = clock;
    this.progress = new Progress(options.listener());
  }

  /**
   * Runs it.
   *
   * @throws IllegalArgumentException if the plan was made with another source, root, model or
   *     pipeline; nothing was written
   * @throws CancellationException if the calling thread was interrupted; what was in flight is
   *     committed
   */
  SyncReport run() {
    long start = System.nanoTime();
    long tokensBefore = pipeline.tokensEmbeddedToCut();
    try (Snapshot snapshot = store.snapshot()) {
      requireFits(snapshot); // before anything is created
    }
    try (StoreWriter writer = store.writer();
        Snapshot before = store.snapshot()) {
      requireFits(before);
      tally.chunksBefore(chunks(before, source.name()));
      apply(writer, before);
    }
    tally.embedded(pipeline.tokensEmbeddedToCut() - tokensBefore, 0);
    Duration total = Duration.ofNanos(System.nanoTime() - start);
    return tally.report(source.name(), 0, 0, true, total, times.durations());
  }

  private void requireFits(Snapshot snapshot) {
    Plan.Basis basis = plan.basis();
    requireEqual("source", basis.source(), source.name());
    requireEqual("root", basis.root(), source.root());
    requireEqual("model", basis.embedder(), embedder.signature().fingerprint());
    requireEqual("pipeline", basis.pipeline(), pipeline.fingerprint());
    if (snapshot.revision() < basis.revision()) {
      throw new IllegalArgumentException(
          "the plan was made against revision %d, this index is at %d: it is another one, or was restored; plan again"
              .formatted(basis.revision(), snapshot.revision()));
    }
    IndexSettings.requireModel(snapshot, embedder);
    IndexSettings.requireRoot(snapshot.settings(), source, basis.newRoot());
  }

  private void requireEqual(String what, Object planned, Object present) {
    if (!planned.equals(present)) {
      throw new IllegalArgumentException(
          "the plan was made with another %s: %s, stages %s; this is %s, stages %s: plan again"
              .formatted(what, planned, plan.basis().stages(), present, pipeline.description()));
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
    RunVectors vectors = new RunVectors(embedder, store, before, times);
    DocumentWork work = new DocumentWork(pipeline, before, vectors, times, clock, maxBytes);
    StepWork steps = new StepWork(source, before, work, pipeline.fingerprint());
    Settings after = IndexSettings.after(before.settings(), source, pipeline, embedder, options);
    Mutation.Configure configure =
        after.equals(before.settings()) ? null : new Mutation.Configure(after);
    try (BatchWriter batches =
        new BatchWriter(writer, before, vectors, tally, times, configure, work::refused)) {
      Admission admission = Admission.forCoresAnd(embedder.limits().callsInFlight());
      try (Workers workers = new Workers(admission, outcome -> accept(outcome, batches))) {
        write(steps, workers, batches);
        delete(steps, workers, batches);
      }
      batches.finish();
    }
  }

  private void write(StepWork steps, Workers workers, BatchWriter batches) {
    for (Plan.Step step : plan.steps()) {
      Fingerprint bytes = step.bytes();
      if (bytes != null) {
        requireGoOn(workers, batches);
        listed();
        DocumentId id = step.change().document();
        switch (times.in(Stage.LIST, () -> steps.find(id))) {
          case StepWork.Answer.There(SourceDocument document) ->
              workers.submit(document, () -> steps.write(step, bytes, document));
          case StepWork.Answer.Gone gone ->
              accept(Outcome.deferred(id, "gone since the plan was made"), batches);
          case StepWork.Answer.Unknown(String reason) ->
              accept(Outcome.deferred(id, reason), batches);
        }
      }
    }
    workers.awaitAll();
    progress.listingDone();
  }

  private void delete(StepWork steps, Workers workers, BatchWriter batches) {
    for (Plan.Step step : plan.steps()) {
      if (step.bytes() == null) {
        requireGoOn(workers, batches);
        Outcome outcome = times.in(Stage.LIST, () -> steps.delete(step));
        if (outcome.mutations().isEmpty()) {
          listed(); // it stays, and so it is among those that are accounted for
        }
        accept(outcome, batches);
      }
    }
  }

  private void listed() {
    tally.listed();
    progress.listed();
  }

  private void accept(Outcome outcome, BatchWriter batches) {
    if (outcome.mutations().isEmpty()) {
      outcome.effect().accept(tally);
    } else {
      batches.add(outcome);
    }
    progress.settled(outcome.tokens());
  }

  private static void requireGoOn(Workers workers, BatchWriter batches) {
    workers.requireSound();
    batches.requireSound();
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException(
          "cancelled: what was in flight is committed; apply again to finish");
    }
  }
}
