package dev.ragindex.core;

import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.Problem;
import dev.ragindex.api.Stage;
import java.util.EnumMap;
import java.util.Map;

/**
 * What decides, beside a document and its record, whether work can be skipped: the stages that
 * would do it, the stages that did it, and what the caller asks for.
 */
final class Rules {

  /** Runs after which a stage that timed out is not tried again. */
  static final int TIMEOUTS = 3;

  private final Pipeline pipeline;
  private final Map<Fingerprint, Chain> earlier;
  private final SyncOptions options;
  private final Map<Stage, Fingerprint> signatures = new EnumMap<>(Stage.class);

  /**
   * Sets the rules of a run.
   *
   * @param maxBytes most bytes a document may have
   * @param earlier chains that the source's documents were indexed by, by their fingerprints
   */
  Rules(Pipeline pipeline, long maxBytes, Map<Fingerprint, Chain> earlier, SyncOptions options) {
    this.pipeline = pipeline;
    this.earlier = Map.copyOf(earlier);
    this.options = options;
    for (Stage stage : Stage.values()) {
      signatures.put(stage, pipeline.upTo(stage, maxBytes));
    }
  }

  /** Fingerprint of the whole chain. */
  Fingerprint pipeline() {
    return pipeline.fingerprint();
  }

  /** What a problem at this stage depends on, beside the bytes: the stages up to it, and limits. */
  Fingerprint signature(Stage stage) {
    Fingerprint signature = signatures.get(stage);
    if (signature == null) {
      throw new IllegalStateException("no signature for " + stage);
    }
    return signature;
  }

  /** Why a document that another chain indexed is worked on. */
  Change.Reason changedFrom(Fingerprint other) {
    Chain chain = earlier.get(other);
    return chain == null ? Change.Reason.STAGE : pipeline.chain().changedFrom(chain);
  }

  /** Whether trying again with the same bytes cannot help, and nobody asked for it. */
  boolean settles(DocumentState known, Problem problem) {
    boolean lasting =
        switch (problem.kind()) {
          case CONTENT, SUSPECT -> true;
          case READ -> false;
          case TIMEOUT -> problem.attempts() >= TIMEOUTS;
        };
    return lasting
        && problem.signature().equals(signature(problem.stage()))
        && !isRequested(known.id().key());
  }

  /** Why a document with a problem is worked on again. */
  Change.Reason again(DocumentState known) {
    return isRequested(known.id().key()) ? Change.Reason.REQUESTED : Change.Reason.RETRY;
  }

  /** Whether a version of this document that looks suspect is to be indexed as it stands. */
  boolean accepts(String key) {
    return options.accepted().contains(key);
  }

  private boolean isRequested(String key) {
    return options.retry() || accepts(key);
  }
}
