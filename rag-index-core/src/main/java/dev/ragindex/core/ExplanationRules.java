package dev.ragindex.core;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.DocumentState.Indexed;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.Problem;
import dev.ragindex.api.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells in words what {@link Verdict} would decide. Needs the store alone, neither model nor
 * source; a pipeline if there is one, else what the source was last synced with.
 */
final class ExplanationRules {

  private final Snapshot snapshot;
  private final DocumentId id;
  private final SortedMap<String, String> settings;
  private final @Nullable Setup setup;
  private final @Nullable String configured;
  private final @Nullable String configuredFingerprint;

  ExplanationRules(Snapshot snapshot, DocumentId id, @Nullable Setup setup) {
    this.snapshot = snapshot;
    this.id = id;
    this.setup = setup;
    this.settings = snapshot.settings().source(id.source());
    this.configured =
        setup == null ? settings.get(IndexSettings.PIPELINE) : setup.pipeline().description();
    this.configuredFingerprint =
        setup == null
            ? settings.get(IndexSettings.PIPELINE_FINGERPRINT)
            : setup.pipeline().fingerprint().toString();
  }

  Explanation explanation() {
    DocumentState remembered = snapshot.state(id);
    return new Explanation(
        id,
        Explanation.State.of(remembered),
        remembered,
        remembered == null ? null : indexedBy(remembered.indexed()),
        configured,
        remembered == null ? List.of("its source lists it") : sentences(remembered));
  }

  private @Nullable String indexedBy(@Nullable Indexed indexed) {
    if (indexed == null) {
      return null;
    }
    String by = indexed.pipeline().toString();
    if (by.equals(configuredFingerprint)) {
      return configured;
    }
    return by.equals(settings.get(IndexSettings.PIPELINE_FINGERPRINT))
        ? settings.get(IndexSettings.PIPELINE)
        : null;
  }

  private List<String> sentences(DocumentState remembered) {
    Problem problem = remembered.problem();
    if (remembered.deleted()) {
      return List.of(
          "a change with a sequence above " + remembered.sequence() + " puts it",
          "its source lists it with other bytes than were deleted");
    }
    if (problem != null) {
      return ofProblem(problem);
    }
    Indexed indexed = remembered.indexed();
    return indexed == null ? List.of("its source lists it") : ofIndexed(indexed);
  }

  private List<String> ofIndexed(Indexed indexed) {
    if (Unread.is(indexed)) {
      return List.of(
          "any sync lists it: it was imported, so its bytes are not known; texts that are as"
              + " imported are not embedded");
    }
    List<String> sentences = new ArrayList<>();
    sentences.add(
        indexed.version() == null
            ? "its bytes change; every sync reads it, as its version was not to be trusted"
            : "its bytes change; they are read once its version is another");
    sentences.add("its metadata change, which rewrites its record alone");
    sentences.add(ofStages(indexed.pipeline()));
    return sentences;
  }

  private List<String> ofProblem(Problem problem) {
    return switch (problem.kind()) {
      case READ -> List.of("any sync lists it: what could not be read is tried every time");
      case TIMEOUT ->
          problem.attempts() < Rules.TIMEOUTS
              ? List.of(
                  "any sync lists it: a time-out is tried %d times, this was number %d"
                      .formatted(Rules.TIMEOUTS, problem.attempts()))
              : settled(problem, "a sync is asked to retry problems");
      case CONTENT -> settled(problem, "a sync is asked to retry problems");
      case SUSPECT -> settled(problem, "it is accepted with so little text");
    };
  }

  private List<String> settled(Problem problem, String request) {
    return List.of("its bytes change", ofFailedStages(problem), request);
  }

  /** Limits are known of a configured parser alone, so without one nothing is said of them. */
  private String ofFailedStages(Problem problem) {
    return setup == null
            || setup.pipeline().upTo(problem.stage(), setup.maxBytes()).equals(problem.signature())
        ? "a stage up to the one that failed changes, or a limit that matters to it"
        : "any sync lists it: the stages, or their limits, are others than those that failed";
  }

  private String ofStages(Fingerprint then) {
    return configuredFingerprint == null || then.toString().equals(configuredFingerprint)
        ? "a stage of the pipeline changes"
        : "any sync lists it: the pipeline is another than the one that indexed it";
  }
}
