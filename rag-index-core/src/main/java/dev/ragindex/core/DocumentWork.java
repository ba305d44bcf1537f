package dev.ragindex.core;

import dev.ragindex.api.Document;
import dev.ragindex.api.DocumentState.Indexed;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.SourceDocument;
import dev.ragindex.api.Stage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What happens to one document once it has to be read: from the listed document to the outcome that
 * is committed. Reads the store as it was when the run began, writes nothing. Thread-safe.
 */
final class DocumentWork implements Decider {

  /** A new version with less than this part of the old one's characters is suspect. */
  private static final int SUSPECT_PART = 10;

  private final Pipeline pipeline;
  private final Rules rules;
  private final Records records;
  private final Problems problems;
  private final TokenBudget budget;
  private final StageTimes times;
  private final long maxBytes;

  DocumentWork(
      Pipeline pipeline,
      Rules rules,
      Records records,
      Problems problems,
      TokenBudget budget,
      StageTimes times,
      long maxBytes) {
    this.pipeline = pipeline;
    this.rules = rules;
    this.records = records;
    this.problems = problems;
    this.budget = budget;
    this.times = times;
    this.maxBytes = maxBytes;
  }

  @Override
  public @Nullable Outcome decide(Task task, Predicate<Fingerprint> postpone) {
    try (Content content = read(task.listed())) {
      Verdict verdict = Verdict.byBytes(task, content.fingerprint(), rules);
      boolean mayBeMoved = verdict instanceof Verdict.Work && task.indexed() == null;
      return mayBeMoved && postpone.test(content.fingerprint())
          ? null
          : settle(task, content, verdict);
    } catch (Content.Vanished e) {
      return Outcome.deferred(task.id(), Stage.READ, "gone since it was listed");
    } catch (IndexingException e) {
      return problems.failed(task, null, e);
    }
  }

  @Override
  public Outcome decideNow(Task task) {
    try (Content content = read(task.listed())) {
      Task now = task.asOf(content.fingerprint());
      return settle(now, content, Verdict.byBytes(now, content.fingerprint(), rules));
    } catch (Content.Vanished e) {
      return Outcome.deferred(task.id(), Stage.READ, "gone since it was listed");
    } catch (IndexingException e) {
      return problems.failed(task, null, e);
    }
  }

  /**
   * Reads a document for which a change was planned. If it has other bytes than the plan saw, it is
   * left as it is.
   *
   * @param bytes fingerprint of the content that the plan saw
   */
  Outcome decidePlanned(Task task, Fingerprint bytes) {
    try (Content content = read(task.listed())) {
      return content.fingerprint().equals(bytes)
          ? settle(task, content, Verdict.byBytes(task, bytes, rules))
          : Outcome.deferred(task.id(), Stage.READ, "its content changed since the plan was made");
    } catch (Content.Vanished e) {
      return Outcome.deferred(task.id(), Stage.READ, "gone since it was listed");
    } catch (IndexingException e) {
      return problems.failed(task, null, e);
    }
  }

  private Content read(SourceDocument listed) throws Content.Vanished {
    long start = System.nanoTime();
    try {
      return Content.read(listed, maxBytes);
    } finally {
      times.add(Stage.READ, System.nanoTime() - start);
    }
  }

  private Outcome settle(Task task, Content content, Verdict verdict) {
    return switch (verdict) {
      case Verdict.Unchanged unchanged -> Outcome.quiet(task.id(), Tally::unchanged);
      case Verdict.Touched touched -> records.touched(task, content);
      case Verdict.Settled settled -> problems.settledByBytes(task, settled.problem());
      case Verdict.Work work -> {
        try {
          yield index(task, content, work.reason());
        } catch (TokenBudget.Reached e) {
          yield Outcome.deferred(task.id(), Stage.EMBED, String.valueOf(e.getMessage()));
        } catch (IndexingException e) {
          yield problems.failed(task, content.fingerprint(), e);
        }
      }
    };
  }

  private Outcome index(Task task, Content content, Change.Reason reason) {
    Document document = pipeline.parse(content, times);
    Indexed old = task.indexed();
    String suspicion = rules.accepts(task.id().key()) ? null : suspicion(content, document, old);
    if (suspicion != null) {
      return problems.suspect(task, content.fingerprint(), pipeline.textStage(), suspicion);
    }
    if (old != null
        && old.text().equals(document.fingerprint())
        && old.pipeline().equals(rules.pipeline())) {
      return records.patched(task, content, document, old, reason);
    }
    return records.put(task, content, document, chunk(document), reason);
  }

  private Prepared chunk(Document document) {
    return pipeline.embedsToCut()
        ? budget.cut(() -> pipeline.mostTokens(document), () -> pipeline.chunk(document, times))
        : pipeline.chunk(document, times);
  }

  private static @Nullable String suspicion(
      Content content, Document document, @Nullable Indexed old) {
    String warnings =
        document.warnings().isEmpty() ? "" : " (" + String.join(", ", document.warnings()) + ")";
    if (content.size() > 0 && document.indexedText().isBlank()) {
      return "%,d bytes that give no text%s".formatted(content.size(), warnings);
    }
    if (old != null && (long) document.indexedEnd() * SUSPECT_PART < old.characters()) {
      return "the text shrank from %,d to %,d characters%s"
          .formatted(old.characters(), document.indexedEnd(), warnings);
    }
    return null;
  }
}
