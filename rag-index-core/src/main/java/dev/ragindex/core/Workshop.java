package dev.ragindex.core;

import dev.ragindex.api.Settings;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.StoreWriter;

/** What a run decides on documents with, all of it against the store as it was when it began. */
final class Workshop implements AutoCloseable {

  private final Setup setup;
  private final Snapshot before;
  private final StageTimes times;
  private final RunVectors vectors;
  private final Rules rules;
  private final Problems problems;
  private final DocumentWork work;

  /**
   * Sets it up.
   *
   * @param before the store when the run began
   * @param source name of the source
   * @param times takes the time that stages take
   */
  Workshop(Setup setup, Snapshot before, String source, SyncOptions options, StageTimes times) {
    this.setup = setup;
    this.before = before;
    this.times = times;
    TokenBudget budget = new TokenBudget(options.maxEmbeddedTokens());
    this.vectors = new RunVectors(setup.embedding(), setup.store(), before, times, budget);
    this.rules =
        new Rules(
            setup.pipeline(),
            setup.maxBytes(),
            IndexSettings.chains(before.settings(), source),
            options);
    this.problems = new Problems(before, rules, setup.clock());
    this.work =
        new DocumentWork(
            setup.pipeline().cuttingBy(vectors::forCutting),
            rules,
            new Records(before, vectors, rules.pipeline()),
            problems,
            budget,
            times,
            setup.maxBytes());
  }

  Rules rules() {
    return rules;
  }

  Problems problems() {
    return problems;
  }

  DocumentWork work() {
    return work;
  }

  /** Tokens embedded so far, those for cutting included. */
  long tokensEmbedded() {
    return vectors.tokensEmbedded();
  }

  /**
   * Starts to commit.
   *
   * @param settings what the index is to remember
   */
  BatchWriter batches(StoreWriter writer, Tally tally, Settings settings) {
    return new BatchWriter(
        setup.cadence(), writer, before, vectors, tally, times, settings, problems::refused);
  }

  /** Ends calls of the embedder that nobody waits for any more. */
  @Override
  public void close() {
    vectors.close();
  }
}
