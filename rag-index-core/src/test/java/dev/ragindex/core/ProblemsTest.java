package dev.ragindex.core;

import static dev.ragindex.core.Bench.prose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragindex.api.DocumentParser;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.Problem;
import dev.ragindex.api.SourceDocument;
import dev.ragindex.api.Stage;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a document with a problem is tried again, and what stays of it meanwhile. */
class ProblemsTest {

  private final Bench bench = new Bench();

  @AfterEach
  void index_is_sound() {
    assertThat(bench.index().verify().findings()).isEmpty();
  }

  /** How often documents were read in one more run. */
  private int readsOfNextRun() {
    int opened = bench.source.opened.get();
    bench.sync();
    return bench.source.opened.get() - opened;
  }

  private static UnaryOperator<SourceDocument> failing(
      AtomicBoolean fails, IndexingException.Kind kind) {
    return source -> {
      if (fails.get()) {
        throw new IndexingException(Stage.PARSE, kind, "not this time");
      }
      return source;
    };
  }

  @Test
  void parser_problem_is_tried_again_when_parser_or_its_limits_change_but_not_for_later_stages() {
    bench.source.put("a", "!damaged");
    bench.sync();

    assertThat(readsOfNextRun()).as("nothing changed").isZero();
    bench.maxTokens = 60;
    assertThat(readsOfNextRun()).as("another chunker").isZero();
    bench.parser = new ParagraphParser(2, 1);
    assertThat(readsOfNextRun()).as("another parser").isEqualTo(1);
    assertThat(readsOfNextRun()).as("nothing changed again").isZero();
    bench.parser = new ParagraphParser(2, 2);
    assertThat(readsOfNextRun()).as("other limits").isEqualTo(1);
    bench.more = builder -> builder.maxDocumentBytes(50);
    assertThat(readsOfNextRun()).as("a limit of another stage").isZero();
  }

  @Test
  void document_over_the_limit_is_tried_again_when_the_limit_changes() {
    bench.source.put("a", prose(1, 20));
    bench.more = builder -> builder.maxDocumentBytes(100);
    SyncReport first = bench.sync();
    bench.parser = new ParagraphParser(2);
    SyncReport otherParser = bench.sync();

    bench.more = builder -> builder.maxDocumentBytes(1_000_000);
    SyncReport report = bench.sync();

    assertThat(first.quarantined()).isEqualTo(1);
    assertThat(otherParser.quarantined()).isEqualTo(1);
    assertThat(report.added()).isEqualTo(1);
    assertThat(report.changes().getFirst().reason()).isEqualTo(Change.Reason.RETRY);
  }

  @Test
  void problem_is_tried_again_on_request() {
    AtomicBoolean fails = new AtomicBoolean(true);
    bench.parser = Bench.parser(1, failing(fails, IndexingException.Kind.CONTENT));
    bench.source.put("a", "Text.").put("b", "Text b.");
    bench.sync();
    fails.set(false);

    SyncReport unasked = bench.sync();
    Plan plan = bench.index().plan(bench.source, SyncOptions.DEFAULT.retryProblems());
    SyncReport asked = bench.sync(SyncOptions.DEFAULT.retryProblems());

    assertThat(unasked.quarantined()).isEqualTo(2);
    assertThat(asked.added()).isEqualTo(2);
    assertThat(asked.changes()).allMatch(change -> change.reason() == Change.Reason.REQUESTED);
    assertThat(plan.changes()).containsExactlyInAnyOrderElementsOf(asked.changes());
  }

  @Test
  void request_that_fails_again_writes_nothing_new() {
    bench.source.put("a", "!damaged");
    bench.sync();
    long revision = bench.revision();

    SyncReport again = bench.sync(SyncOptions.DEFAULT.retryProblems());

    assertThat(again.quarantined()).isEqualTo(1);
    assertThat(bench.revision()).isEqualTo(revision);
  }

  @Test
  void suspect_stays_until_it_is_accepted_and_then_is_indexed_as_it_stands() {
    bench.source.put("a", prose(1, 40)).put("b", prose(2, 40));
    bench.sync();
    bench.source.put("a", "Gone.").put("b", "Gone, too.");
    SyncReport suspect = bench.sync();
    int reads = readsOfNextRun();

    SyncReport accepted = bench.sync(SyncOptions.DEFAULT.accept("a"));

    assertThat(suspect.suspect()).isEqualTo(2);
    assertThat(reads).isZero();
    assertThat(accepted.updated()).isEqualTo(1);
    assertThat(accepted.suspect()).isEqualTo(1);
    assertThat(accepted.changes().getFirst().reason()).isEqualTo(Change.Reason.REQUESTED);
    assertThat(bench.text("a")).isEqualTo("Gone.");
    assertThat(bench.text("b")).isEqualTo(prose(2, 40));
    assertThat(bench.sync().unchanged()).isEqualTo(1);
  }

  @Test
  void retry_does_not_accept() {
    bench.source.put("a", prose(1, 40));
    bench.sync();
    bench.source.put("a", "Gone.");

    assertThat(bench.sync(SyncOptions.DEFAULT.retryProblems()).suspect()).isEqualTo(1);
    assertThat(bench.text("a")).isEqualTo(prose(1, 40));
  }

  @Test
  void timeout_is_tried_in_three_runs_and_then_only_when_something_changes() {
    AtomicBoolean fails = new AtomicBoolean(true);
    bench.parser = Bench.parser(1, failing(fails, IndexingException.Kind.TIMEOUT));
    bench.source.put("a", "Slow text.");

    assertThat(readsOfNextRun()).isEqualTo(1);
    assertThat(readsOfNextRun()).isEqualTo(1);
    assertThat(readsOfNextRun()).isEqualTo(1);
    assertThat(bench.state("a").problem().attempts()).isEqualTo(3);
    assertThat(readsOfNextRun()).isZero();
    bench.source.put("a", "Other slow text.");
    assertThat(readsOfNextRun()).isEqualTo(1);
    assertThat(bench.state("a").problem().attempts()).isEqualTo(1);
    fails.set(false);
    assertThat(bench.sync().added()).isEqualTo(1);
  }

  @Test
  void read_failure_is_tried_again_in_each_run() {
    bench.source.put("a", "Text.");
    bench.source.failures.put("a", new IOException("broken disk"));

    assertThat(readsOfNextRun()).isEqualTo(1);
    assertThat(readsOfNextRun()).isEqualTo(1);
    assertThat(readsOfNextRun()).isEqualTo(1);
    assertThat(readsOfNextRun()).isEqualTo(1);
    assertThat(bench.state("a").problem().kind()).isEqualTo(Problem.Kind.READ);
  }

  @Test
  void document_that_the_store_refused_is_not_tried_again_until_it_changes() {
    bench.store.objection =
        batch -> {
          if (batch.stream().anyMatch(mutation -> mutation instanceof Mutation.Put)) {
            throw new IllegalArgumentException("no");
          }
        };
    bench.source.put("a", "Text.");
    bench.sync();
    long revision = bench.revision();

    int reads = readsOfNextRun();
    long after = bench.revision();
    bench.store.objection = batch -> {};
    bench.source.put("a", "Other text.");

    assertThat(reads).isZero();
    assertThat(after).isEqualTo(revision);
    assertThat(bench.sync().added()).isEqualTo(1);
  }

  private static DocumentParser refusingNames(int version, String prefix) {
    return Bench.parser(
        version,
        source -> {
          if (source.name().startsWith(prefix)) {
            throw new IndexingException(
                Stage.PARSE, IndexingException.Kind.CONTENT, "no names that begin with " + prefix);
          }
          return source;
        });
  }

  @Test
  void moved_document_that_fails_under_its_new_key_keeps_its_chunks_until_it_is_indexed() {
    bench.parser = refusingNames(1, "x");
    bench.source.put("a", prose(1, 10)).put("b", "Text b.");
    bench.sync();
    int embedded = bench.embedder.texts.size();
    bench.source.rename("a", "x");

    SyncReport first = bench.sync();
    SyncReport second = bench.sync();
    bench.source.touch("x");
    SyncReport touched = bench.sync();
    Plan plan = bench.index().plan(bench.source);
    String meanwhile = bench.text("a");
    bench.parser = refusingNames(2, "y");
    SyncReport repaired = bench.sync();

    assertThat(first.quarantined()).isEqualTo(1);
    assertThat(first.deleted() + second.deleted() + touched.deleted()).isZero();
    assertThat(plan.changes()).isEmpty();
    assertThat(meanwhile).isEqualTo(prose(1, 10));
    assertThat(repaired.moved()).isEqualTo(1);
    assertThat(bench.embedder.texts).hasSize(embedded);
    assertThat(bench.state("a")).isNull();
    assertThat(bench.text("x")).isEqualTo(prose(1, 10));
  }

  @Test
  void old_key_of_a_moved_document_goes_once_the_new_one_is_indexed_with_other_bytes() {
    bench.parser = refusingNames(1, "x");
    bench.source.put("a", prose(1, 10)).put("b", "Text b.");
    bench.sync();
    bench.source.rename("a", "x");
    bench.sync();

    bench.parser = refusingNames(2, "y");
    bench.source.put("x", prose(2, 10));
    SyncReport report = bench.sync();

    assertThat(report.deleted()).isEqualTo(1);
    assertThat(bench.state("a")).isNull();
    assertThat(bench.text("x")).isEqualTo(prose(2, 10));
  }
}
