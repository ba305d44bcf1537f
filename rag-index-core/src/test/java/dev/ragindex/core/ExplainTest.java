package dev.ragindex.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.Problem;
import dev.ragindex.api.Stage;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.core.Explanation.State;
import dev.ragindex.core.memory.InMemoryStore;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What explain tells, and that a sync then does as it was told. */
class ExplainTest {

  private static final Fingerprint OTHER_PIPELINE = Fingerprint.builder("other").build();

  private final InMemoryStore store = InMemoryStore.create();
  private final MapSource source = new MapSource();
  private final RagIndex index = index(1);

  private RagIndex index(int parserVersion) {
    return RagIndex.builder()
        .store(store)
        .parser(new ParagraphParser(parserVersion))
        .embedder(new CountingEmbedder("counting"))
        .build();
  }

  private static DocumentId id(String key) {
    return new DocumentId("notes", key);
  }

  private Explanation explain(String key) {
    return index.explain(id(key));
  }

  /** What is told without being told of any change must be what the next sync does unasked. */
  private void assertNextSyncReads(String key, boolean expected) {
    boolean told =
        explain(key).wouldRunAgainIf().stream().anyMatch(one -> one.startsWith("any sync"));
    source.opened.set(0);
    index.sync(source);
    assertThat(told).as("told").isEqualTo(expected);
    assertThat(source.opened.get() > 0).as("read").isEqualTo(expected);
  }

  @Test
  void what_was_never_seen_is_unknown() {
    Explanation unknown = explain("nothing");

    assertThat(unknown.state()).isEqualTo(State.UNKNOWN);
    assertThat(unknown.remembered()).isNull();
    assertThat(unknown.wouldRunAgainIf()).containsExactly("its source lists it");
  }

  @Test
  void an_indexed_document_shows_fingerprints_and_stages() {
    source.put("a", "A text.");
    index.sync(source);

    Explanation indexed = explain("a");

    assertThat(indexed.state()).isEqualTo(State.INDEXED);
    assertThat(indexed.remembered().indexed().version()).isEqualTo("v1");
    assertThat(indexed.indexedBy())
        .startsWith("paragraphs/1 > recursive")
        .isEqualTo(indexed.configured());
    assertThat(indexed.wouldRunAgainIf()).anyMatch(one -> one.startsWith("its bytes change"));
    assertNextSyncReads("a", false);
  }

  @Test
  void another_pipeline_is_told() {
    source.put("a", "A text.");
    index(2).sync(source);

    Explanation indexed = explain("a");

    assertThat(indexed.indexedBy()).startsWith("paragraphs/2");
    assertThat(indexed.configured()).startsWith("paragraphs/1");
    assertNextSyncReads("a", true);
  }

  @Test
  void without_a_pipeline_the_last_one_of_the_source_counts() {
    source.put("a", "A text.");
    index.sync(source);
    RagIndex bare = RagIndex.builder().store(store).build();

    assertThat(bare.explain(id("a"))).isEqualTo(explain("a"));
  }

  @Test
  void a_content_problem_is_settled_until_something_changes() {
    source.put("bad", "! damaged");
    index.sync(source);

    Explanation problem = explain("bad");

    assertThat(problem.state()).isEqualTo(State.PROBLEM);
    assertThat(problem.wouldRunAgainIf())
        .containsExactly(
            "its bytes change",
            "a stage up to the one that failed changes, or a limit that matters to it",
            "a sync is asked to retry problems");
    assertNextSyncReads("bad", false);
  }

  @Test
  void a_failing_update_leaves_the_old_version() {
    source.put("a", "A text.");
    index.sync(source);
    source.put("a", "! damaged");
    index.sync(source);

    assertThat(explain("a").state()).isEqualTo(State.INDEXED_WITH_PROBLEM);
    assertThat(explain("a").indexedBy()).startsWith("paragraphs/1");
    assertNextSyncReads("a", false);
  }

  @Test
  void a_read_failure_is_tried_every_time() {
    source.put("a", "A text.");
    source.failures.put("a", new IOException("no"));
    index.sync(source);

    assertThat(explain("a").remembered().problem().kind()).isEqualTo(Problem.Kind.READ);
    assertNextSyncReads("a", true);
  }

  @Test
  void a_suspect_waits_for_acceptance() {
    source.put("a", "A long text that says a lot of things. ".repeat(20));
    index.sync(source);
    source.put("a", "Short.");
    index.sync(source);

    assertThat(explain("a").state()).isEqualTo(State.SUSPECT);
    assertThat(explain("a").wouldRunAgainIf()).last().asString().contains("accepted");
    assertNextSyncReads("a", false);
  }

  @ParameterizedTest
  @CsvSource({"TIMEOUT, 1, true", "TIMEOUT, 2, true", "TIMEOUT, 3, false", "CONTENT, 1, false"})
  void time_outs_are_tried_three_times(Problem.Kind kind, int attempts, boolean again) {
    source.put("a", "A text.").put("bad", "! damaged");
    index.sync(source);
    note("a", kind, attempts, explain("bad").remembered().problem().signature());

    assertNextSyncReads("a", again);
  }

  @Test
  void a_problem_of_another_pipeline_is_tried_again() {
    source.put("a", "A text.");
    index.sync(source);
    note("a", Problem.Kind.CONTENT, 1, OTHER_PIPELINE);

    assertNextSyncReads("a", true);
  }

  private void note(String key, Problem.Kind kind, int attempts, Fingerprint pipeline) {
    DocumentState state = explain(key).remembered();
    Problem problem =
        new Problem(
            Stage.PARSE,
            kind,
            "slow",
            state.indexed().version(),
            state.indexed().bytes(),
            pipeline,
            attempts,
            Instant.EPOCH);
    commit(new Mutation.Note(state.withProblem(problem)));
  }

  @Test
  void a_tombstone_says_what_brings_it_back() {
    commit(
        new Mutation.Put(
            new DocumentState(id("gone"), null, null, Metadata.EMPTY, 7, true),
            List.of(),
            List.of()));

    assertThat(explain("gone").state()).isEqualTo(State.TOMBSTONE);
    assertThat(explain("gone").wouldRunAgainIf()).first().asString().contains("above 7");
  }

  private void commit(Mutation mutation) {
    try (StoreWriter writer = store.writer()) {
      writer.commit(List.of(mutation));
    }
  }
}
