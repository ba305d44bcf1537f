package dev.ragindex.core;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.DocumentState.Indexed;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.Problem;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.Stage;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Records why documents are not indexed as they stand, beside the version they had. What stands
 * there already is not written again. Thread-safe.
 */
final class Problems {

  private final Snapshot before;
  private final Rules rules;
  private final Clock clock;
  private final Set<Fingerprint> bytes = ConcurrentHashMap.newKeySet();

  Problems(Snapshot before, Rules rules, Clock clock) {
    this.before = before;
    this.rules = rules;
    this.clock = clock;
  }

  /**
   * Whether a document with a problem has these bytes. If a missing document had them, it was moved
   * and its chunks are all there is of it: they stay until the new key is indexed.
   */
  boolean hold(@Nullable Fingerprint content) {
    return content != null && bytes.contains(content);
  }

  /** The version says that a problem stands as it was. */
  Outcome settled(DocumentId document, Problem problem) {
    hold(problem);
    return Outcome.quiet(document, tally -> tally.problem(document.key(), problem));
  }

  /** The bytes say that a problem stands as it was. */
  Outcome settledByBytes(Task task, Problem old) {
    Problem same =
        new Problem(
            old.stage(),
            old.kind(),
            old.reason(),
            task.listed().version(),
            old.bytes(),
            old.signature(),
            old.attempts(),
            old.since());
    return noted(task, same);
  }

  /** A stage failed. */
  Outcome failed(Task task, @Nullable Fingerprint content, IndexingException e) {
    Problem.Kind kind =
        switch (e.kind()) {
          case CONTENT -> Problem.Kind.CONTENT;
          case READ -> Problem.Kind.READ;
          case TIMEOUT -> Problem.Kind.TIMEOUT;
          case INFRASTRUCTURE -> throw e;
        };
    String reason = Objects.requireNonNullElse(e.getMessage(), "no reason given");
    Fingerprint last = content == null && kind == Problem.Kind.READ ? task.lastBytes() : content;
    return noted(task, problem(task, last, e.stage(), kind, reason));
  }

  /** The text all but vanished. */
  Outcome suspect(Task task, Fingerprint content, Stage stage, String suspicion) {
    return noted(task, problem(task, content, stage, Problem.Kind.SUSPECT, suspicion));
  }

  /** The store refused to commit an outcome. */
  Outcome refused(Outcome outcome, IllegalArgumentException e) {
    DocumentId id = outcome.document();
    DocumentState known = before.state(id);
    DocumentState wanted = outcome.state();
    Indexed indexed = wanted == null ? null : wanted.indexed();
    Problem problem =
        new Problem(
            Stage.STORE,
            Problem.Kind.CONTENT,
            "the store refused it: " + e.getMessage(),
            indexed == null ? null : indexed.version(),
            indexed == null ? null : indexed.bytes(),
            rules.signature(Stage.STORE),
            1,
            clock.instant());
    long sequence = wanted == null ? 0 : wanted.sequence();
    return Outcome.note(
        id,
        new Mutation.Note(state(id, known, problem, Metadata.EMPTY, sequence)),
        tally -> tally.problem(id.key(), problem));
  }

  private Problem problem(
      Task task, @Nullable Fingerprint content, Stage stage, Problem.Kind kind, String reason) {
    Problem fresh =
        new Problem(
            stage,
            kind,
            reason,
            task.listed().version(),
            content,
            rules.signature(stage),
            1,
            clock.instant());
    Problem old = task.problem();
    return old != null && isAgain(old, fresh) ? repeated(old, fresh) : fresh;
  }

  private static boolean isAgain(Problem old, Problem fresh) {
    boolean alike = old.kind() == fresh.kind() && old.stage() == fresh.stage();
    return fresh.kind() == Problem.Kind.TIMEOUT
        ? alike
            && Objects.equals(old.bytes(), fresh.bytes())
            && old.signature().equals(fresh.signature())
        : alike && old.reason().equals(fresh.reason());
  }

  /** Only time-outs are counted; else a problem that stands would be written in each run. */
  private static Problem repeated(Problem old, Problem fresh) {
    return new Problem(
        fresh.stage(),
        fresh.kind(),
        fresh.reason(),
        fresh.version(),
        fresh.bytes(),
        fresh.signature(),
        old.attempts() + (fresh.kind() == Problem.Kind.TIMEOUT ? 1 : 0),
        old.since());
  }

  /** Records a problem beside the old version, unless it stands there already. */
  private Outcome noted(Task task, Problem problem) {
    hold(problem);
    DocumentId id = task.id();
    DocumentState old = task.known();
    DocumentState state = state(id, old, problem, task.listed().metadata(), task.sequence());
    Consumer<Tally> effect = tally -> tally.problem(id.key(), problem);
    return state.equals(old)
        ? Outcome.quiet(id, effect)
        : Outcome.note(id, new Mutation.Note(state), effect);
  }

  /** A deleted document that came back with a problem is not deleted any more. */
  private static DocumentState state(
      DocumentId id,
      @Nullable DocumentState known,
      Problem problem,
      Metadata metadata,
      long sequence) {
    return known == null || known.deleted()
        ? new DocumentState(id, null, problem, metadata, sequence, false)
        : new DocumentState(id, known.indexed(), problem, known.metadata(), sequence, false);
  }

  private void hold(Problem problem) {
    if (problem.bytes() != null) {
      bytes.add(problem.bytes());
    }
  }
}
