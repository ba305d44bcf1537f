package dev.ragindex.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Listing;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.Source;
import dev.ragindex.api.SourceDocument;
import dev.ragindex.api.StoredChunk;
import dev.ragindex.core.chunk.ChunkLimits;
import dev.ragindex.core.chunk.Chunkers;
import dev.ragindex.core.memory.InMemoryStore;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Applying a plan does what it says to what still is as it saw it, and leaves the rest alone. */
class ApplyTest {

  private static final SyncOptions EXACT = SyncOptions.DEFAULT.exactly();

  private final InMemoryStore store = InMemoryStore.create();
  private final MapSource source = new MapSource();
  private CountingEmbedder embedder = new CountingEmbedder("counting");
  private int parserVersion = 1;

  private RagIndex index() {
    return index(store);
  }

  private RagIndex index(InMemoryStore in) {
    return RagIndex.builder()
        .store(in)
        .parser(new ParagraphParser(parserVersion))
        .embedder(embedder)
        .chunker(Chunkers.recursive(embedder.tokenCounter(), ChunkLimits.of(40)))
        .build();
  }

  @AfterEach
  void index_is_sound() {
    assertThat(index().verify().findings()).isEmpty();
  }

  private static String prose(int seed, int sentences) {
    return IntStream.range(0, sentences)
        .mapToObj(i -> "Sentence %d of text %d says something of its own.".formatted(i, seed))
        .collect(Collectors.joining("\n\n"));
  }

  /** All that is stored: each document's chunks. */
  private static Map<String, List<StoredChunk>> stored(InMemoryStore store) {
    Map<String, List<StoredChunk>> chunks = new TreeMap<>();
    try (Snapshot snapshot = store.snapshot();
        Stream<DocumentState> states = snapshot.states("notes")) {
      states
          .filter(state -> state.indexed() != null)
          .forEach(state -> chunks.put(state.id().key(), snapshot.chunks(state.id())));
    }
    return chunks;
  }

  private String text(String key) {
    try (Snapshot snapshot = store.snapshot()) {
      return snapshot.chunks(new DocumentId("notes", key)).stream()
          .map(StoredChunk::text)
          .collect(Collectors.joining());
    }
  }

  private long revision() {
    try (Snapshot snapshot = store.snapshot()) {
      return snapshot.revision();
    }
  }

  /** One document of each kind of change. */
  private void edit() {
    source.put("a", prose(1, 9)).put("b", prose(2, 9)).put("gone", prose(3, 9)).put("same", "same");
    source.put("patched", prose(6, 9));
    index().sync(source);
    source.put("a", prose(11, 9)).put("new", prose(5, 9));
    source.metadata("patched", Metadata.EMPTY.with("colour", "blue"));
    source.rename("b", "bb");
    source.remove("gone");
  }

  @Test
  void untouched_plan_does_what_it_says() {
    edit();
    Plan plan = index().plan(source, EXACT);

    SyncReport report = index().apply(plan, source);

    InMemoryStore fresh = InMemoryStore.create();
    index(fresh).sync(source);
    assertThat(stored(store)).isEqualTo(stored(fresh));
    assertThat(report.changes()).containsExactlyInAnyOrderElementsOf(plan.changes());
    assertThat(report.chunks()).isEqualTo(plan.forecast().chunks());
    assertThat(report.tokens()).isEqualTo(plan.forecast().tokens());
    assertThat(report.listed()).isEqualTo(4);
    assertThat(report.deleted()).isEqualTo(1);
    assertThat(report.clean()).isTrue();
    assertThat(index().plan(source).changes()).isEmpty();
  }

  @Test
  void first_index_can_be_made_by_a_plan() {
    source.put("a", prose(1, 9));
    Plan plan = index().plan(source);
    SyncReport report = index().apply(plan, source);

    assertThat(report.added()).isEqualTo(1);
    assertThat(index().sync(source).unchanged()).isEqualTo(1);
  }

  @Test
  void what_is_not_in_the_plan_is_left_alone() {
    edit();
    Plan plan = index().plan(source);
    source.put("newer", prose(7, 9)).put("same", prose(8, 9));

    index().apply(plan, source);

    assertThat(text("newer")).isEmpty();
    assertThat(text("same")).isEqualTo("same");
  }

  @Test
  void document_that_moved_on_in_the_source_is_deferred() {
    edit();
    Plan plan = index().plan(source);
    source.put("a", prose(12, 9)).put("gone", prose(3, 9)).put("b", prose(2, 9));
    source.remove("new");
    int embedded = embedder.texts.size();
    String before = text("a");

    SyncReport report = index().apply(plan, source);

    assertThat(report.deferred()).isEqualTo(4);
    assertThat(report.patched()).isEqualTo(1);
    assertThat(report.listed()).isEqualTo(5);
    assertThat(report.failures())
        .extracting(SyncReport.Failure::document)
        .containsExactlyInAnyOrder("a", "gone", "bb", "new");
    assertThat(text("a")).isEqualTo(before);
    assertThat(text("gone")).isEqualTo(prose(3, 9));
    assertThat(embedder.texts).hasSize(embedded);
    assertThat(report.clean()).isFalse();
  }

  @Test
  void touched_document_is_applied() {
    edit();
    Plan plan = index().plan(source);
    source.touch("a");
    source.touch("bb");

    SyncReport report = index().apply(plan, source);

    assertThat(report.updated()).isEqualTo(1);
    assertThat(report.moved()).isEqualTo(1);
    assertThat(report.deferred()).isZero();
  }

  @Test
  void document_that_moved_on_in_the_index_is_deferred() {
    edit();
    Plan plan = index().plan(source);
    String planned = source.text("a");
    source.put("a", prose(12, 9)).put("gone", prose(13, 9));
    index().sync(source);
    source.put("a", planned);
    source.remove("gone");

    SyncReport report = index().apply(plan, source);

    assertThat(report.deferred()).isEqualTo(2);
    assertThat(report.unchanged()).isEqualTo(3);
    assertThat(text("a")).isEqualTo(prose(12, 9));
    assertThat(text("gone")).isEqualTo(prose(13, 9));
  }

  @Test
  void second_time_everything_is_unchanged_and_nothing_is_written() {
    edit();
    Plan plan = index().plan(source);
    index().apply(plan, source);
    long revision = revision();
    int embedded = embedder.texts.size();
    int opened = source.opened.get();

    SyncReport again = index().apply(plan, source);

    assertThat(again.unchanged()).isEqualTo(5).isEqualTo(again.listed());
    assertThat(again.changes()).isEmpty();
    assertThat(revision()).isEqualTo(revision);
    assertThat(embedder.texts).hasSize(embedded);
    assertThat(source.opened.get()).isEqualTo(opened);
  }

  @Test
  void withheld_deletions_that_were_looked_at_are_carried_out() {
    IntStream.range(0, 20).forEach(i -> source.put("d" + i, prose(i, 1)));
    index().sync(source);
    IntStream.range(0, 20).forEach(i -> source.remove("d" + i));
    Plan plan = index().plan(source);
    source.put("d7", prose(7, 1));

    SyncReport report = index().apply(plan, source);

    assertThat(plan.forecast().withheld()).isEqualTo(20);
    assertThat(report.deleted()).isEqualTo(19);
    assertThat(report.withheld()).isZero();
    assertThat(report.deferred()).isEqualTo(1);
    assertThat(stored(store)).containsOnlyKeys("d7");
  }

  @Test
  void source_that_cannot_tell_keeps_the_document() {
    edit();
    Plan plan = index().plan(source);

    SyncReport report = index().apply(plan, new Unsure(source, Set.of("gone", "b", "a")));

    assertThat(report.deferred()).isEqualTo(3);
    assertThat(report.deleted() + report.moved() + report.updated()).isZero();
    assertThat(stored(store)).containsKeys("gone", "b", "a");
  }

  /** A source that cannot look some documents up. */
  private record Unsure(MapSource real, Set<String> keys) implements Source {
    @Override
    public String name() {
      return real.name();
    }

    @Override
    public String root() {
      return real.root();
    }

    @Override
    public Listing list() {
      return real.list();
    }

    @Override
    public SourceDocument find(String key) throws IOException {
      if (keys.contains(key)) {
        throw new IOException("no route");
      }
      return real.find(key);
    }
  }

  @Test
  void plan_with_accepted_and_retried_documents_is_applied_as_such() {
    source.put("a", prose(1, 30)).put("b", "!damaged");
    index().sync(source);
    source.put("a", "short");
    index().sync(source);
    SyncOptions asked = EXACT.accept("a").retryProblems();

    Plan plan = index().plan(source, asked);
    SyncReport report = index().apply(plan, source);

    assertThat(plan.changes()).hasSize(1);
    assertThat(plan.forecast().quarantined()).isEqualTo(1);
    assertThat(report.updated()).isEqualTo(1);
    assertThat(text("a")).isEqualTo("short");
  }

  @Test
  void ceiling_that_a_plan_was_made_with_holds_when_it_is_applied() {
    source.put("a", prose(1, 30)).put("b", prose(2, 30));
    Plan plan = index().plan(source, EXACT.maxEmbeddedTokens(500));

    SyncReport report = index().apply(plan, source);

    assertThat(plan.forecast().tokens().estimated()).isGreaterThan(500);
    assertThat(report.tokens().embedded()).isPositive().isLessThanOrEqualTo(500);
    assertThat(report.deferred()).isEqualTo(1);
  }

  @Test
  void cost_of_an_exact_plan_is_a_ceiling() {
    source.put("a", prose(1, 30));
    index().sync(source);
    source.put("copy", prose(1, 30));
    Plan plan = index().plan(source, EXACT);
    source.remove("copy");
    source.remove("a");
    index().sync(source, SyncOptions.DEFAULT.allowDeletes(1));
    source.put("copy", prose(1, 30));

    SyncReport report = index().apply(plan, source);

    assertThat(plan.forecast().tokens().estimated()).isZero();
    assertThat(report.deferred()).as("its vectors are gone, they would have to be paid").isOne();
    assertThat(report.tokens().embedded()).isZero();
  }

  @Test
  void damaged_document_becomes_a_problem_as_in_a_sync() {
    source.put("a", "!damaged");
    Plan plan = index().plan(source);

    SyncReport report = index().apply(plan, source);

    assertThat(report.quarantined()).isEqualTo(1);
    assertThat(index().status().quarantined()).hasSize(1);
  }

  @Test
  void plan_of_something_else_is_refused() {
    edit();
    Plan plan = index().plan(source);
    long revision = revision();

    parserVersion = 2;
    assertThatThrownBy(() -> index().apply(plan, source))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("another pipeline")
        .hasMessageContaining("plan again");
    parserVersion = 1;
    embedder = new CountingEmbedder("other");
    assertThatThrownBy(() -> index().apply(plan, source)).hasMessageContaining("another model");
    embedder = new CountingEmbedder("counting");
    source.moveRoot("elsewhere");
    assertThatThrownBy(() -> index().apply(plan, source)).hasMessageContaining("another root");

    assertThat(revision()).isEqualTo(revision);
    source.moveRoot("memory");
  }

  @Test
  void plan_for_a_new_root_takes_the_index_there() {
    edit();
    source.moveRoot("elsewhere");
    Plan plan = index().plan(source, SyncOptions.DEFAULT.acceptNewRoot());

    index().apply(plan, source);

    assertThat(index().plan(source).changes()).isEmpty();
  }

  @Test
  void interrupted_apply_is_finished_by_the_next() {
    edit();
    Plan plan = index().plan(source);
    RagIndex index = index();

    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> index.apply(plan, source)).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    SyncReport report = index.apply(plan, source);

    assertThat(report.clean()).isTrue();
    assertThat(index.plan(source).changes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void document_is_as_before_or_as_planned_whatever_happens_in_between(long seed) {
    Edits edits = new Edits(seed, source);
    for (int round = 0; round < 30; round++) {
      edits.make(1 + round % 6);
      Plan plan = index().plan(source, EXACT);
      Map<String, List<StoredChunk>> before = stored(store);
      Map<String, List<StoredChunk>> planned = new TreeMap<>(before);
      InMemoryStore elsewhere = InMemoryStore.create();
      index(elsewhere).sync(source);
      for (Plan.Step step : plan.steps()) {
        if (step.change().from() != null) {
          planned.remove(step.change().from().key());
        }
        List<StoredChunk> now = stored(elsewhere).get(step.change().document().key());
        planned.put(step.change().document().key(), now == null ? List.of() : now);
      }
      edits.make(round % 4);
      int embedded = embedder.texts.size();

      SyncReport report = index().apply(plan, source);

      assertThat(report.tokens().embedded())
          .as("seed %d, round %d", seed, round)
          .isLessThanOrEqualTo(plan.forecast().tokens().estimated());
      assertThat((long) embedder.texts.size() - embedded).isEqualTo(report.chunks().embedded());
      Map<String, List<StoredChunk>> after = stored(store);
      for (String key : after.keySet()) {
        assertThat(after.get(key))
            .as("seed %d, round %d, %s", seed, round, key)
            .isIn(before.getOrDefault(key, List.of()), planned.getOrDefault(key, List.of()));
      }
      if (round % 4 == 0) {
        assertThat(report.deferred()).as("nothing moved on").isZero();
        assertThat(report.changes()).hasSameSizeAs(plan.changes());
      }
      if (round % 3 == 0) {
        index().sync(source);
      }
    }
  }
}
