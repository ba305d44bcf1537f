package dev.ragindex.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.Listing;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.SearchHit;
import dev.ragindex.api.SearchRequest;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.StoredChunk;
import dev.ragindex.core.chunk.ChunkLimits;
import dev.ragindex.core.chunk.Chunkers;
import dev.ragindex.core.memory.InMemoryStore;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The coordinator's promises, on the in-memory store. */
class SyncTest {

  private final InMemoryStore store = InMemoryStore.create();
  private final MapSource source = new MapSource();
  private CountingEmbedder embedder = new CountingEmbedder("counting");
  private int parserVersion = 1;
  private int maxTokens = 40;

  private RagIndex index() {
    return RagIndex.builder()
        .store(store)
        .parser(new ParagraphParser(parserVersion))
        .embedder(embedder)
        .chunker(Chunkers.recursive(embedder.tokenCounter(), ChunkLimits.of(maxTokens)))
        .build();
  }

  private SyncReport sync() {
    return index().sync(source);
  }

  /** Whatever a test did: afterwards the index is sound. */
  @AfterEach
  void index_is_sound() {
    assertThat(index().verify().findings()).isEmpty();
  }

  private static String prose(int seed, int sentences) {
    return IntStream.range(0, sentences)
        .mapToObj(i -> "Sentence %d of text %d says something of its own.".formatted(i, seed))
        .collect(Collectors.joining("\n\n"));
  }

  private List<StoredChunk> chunks(String key) {
    try (Snapshot snapshot = store.snapshot()) {
      return snapshot.chunks(new DocumentId("notes", key));
    }
  }

  private DocumentState state(String key) {
    try (Snapshot snapshot = store.snapshot()) {
      return snapshot.state(new DocumentId("notes", key));
    }
  }

  private long revision() {
    try (Snapshot snapshot = store.snapshot()) {
      return snapshot.revision();
    }
  }

  @Test
  void first_run_adds_and_second_run_neither_reads_nor_commits() {
    source.put("a", prose(1, 20)).put("b", prose(2, 20));

    SyncReport first = sync();
    long revision = revision();
    int opened = source.opened.get();
    SyncReport second = sync();

    assertThat(first.added()).isEqualTo(2);
    assertThat(first.chunks().embedded()).isPositive().isEqualTo(first.chunks().total());
    assertThat(first.tokens().embedded()).isPositive();
    assertThat(second.unchanged()).isEqualTo(2);
    assertThat(second.chunks().embedded()).isZero();
    assertThat(second.chunks().total()).isEqualTo(first.chunks().total());
    assertThat(source.opened.get()).isEqualTo(opened);
    assertThat(revision()).isEqualTo(revision);
  }

  @Test
  void edited_sentence_embeds_a_chunk_or_two() {
    source.put("a", prose(1, 200));
    sync();
    int before = embedder.texts.size();

    source.put("a", source.text("a").replace("Sentence 100 of", "Sentence one hundred of"));
    SyncReport report = sync();

    assertThat(report.updated()).isEqualTo(1);
    assertThat(report.chunks().embedded()).isBetween(1L, 3L);
    assertThat(embedder.texts.size() - before).isEqualTo((int) report.chunks().embedded());
    assertThat(report.chunks().reused() + report.chunks().embedded())
        .isEqualTo(report.chunks().total());
    assertThat(text("a")).isEqualTo(source.text("a"));
  }

  private String text(String key) {
    return chunks(key).stream().map(StoredChunk::text).collect(Collectors.joining());
  }

  @Test
  void deleted_document_is_not_found_any_more() {
    source.put("a", "The zebra is striped.").put("b", "The lion is not.");
    sync();

    source.remove("a");
    SyncReport report = sync();

    assertThat(report.deleted()).isEqualTo(1);
    assertThat(report.chunks().removed()).isEqualTo(1);
    List<SearchHit> hits = index().search(SearchRequest.of("striped zebra"));
    assertThat(hits).extracting(hit -> hit.document().key()).containsOnly("b");
    assertThat(state("a")).isNull();
  }

  @Test
  void renamed_document_embeds_nothing_and_is_a_move() {
    source.put("a", prose(1, 50)).put("b", prose(2, 5));
    sync();
    int before = embedder.texts.size();

    source.rename("a", "c");
    SyncReport report = sync();

    assertThat(report.moved()).isEqualTo(1);
    assertThat(report.deleted()).isZero();
    assertThat(report.added()).isZero();
    assertThat(report.changes().getFirst().from()).isEqualTo(new DocumentId("notes", "a"));
    assertThat(embedder.texts).hasSize(before);
    assertThat(text("c")).isEqualTo(source.text("c"));
    assertThat(state("a")).isNull();
  }

  @Test
  void name_that_sorts_before_its_old_one_is_a_move_too() {
    source.put("m", prose(1, 10));
    sync();

    source.rename("m", "a");

    assertThat(sync().moved()).isEqualTo(1);
  }

  @Test
  void a_thousand_renames_are_moves_and_withhold_nothing() {
    IntStream.range(0, 1_000).forEach(i -> source.put("old" + i, "Text number " + i + "."));
    sync();
    int before = embedder.texts.size();

    IntStream.range(0, 1_000).forEach(i -> source.rename("old" + i, "new" + i));
    SyncReport report = sync();

    assertThat(report.moved()).isEqualTo(1_000);
    assertThat(report.withheld()).isZero();
    assertThat(embedder.texts).hasSize(before);
  }

  @Test
  void copy_embeds_nothing() {
    source.put("a", prose(1, 50));
    sync();
    int before = embedder.texts.size();

    source.put("b", source.text("a"));
    SyncReport report = sync();

    assertThat(report.added()).isEqualTo(1);
    assertThat(report.chunks().embedded()).isZero();
    assertThat(embedder.texts).hasSize(before);
    assertThat(text("b")).isEqualTo(text("a"));
  }

  @Test
  void equal_texts_are_embedded_once_across_workers() {
    IntStream.range(0, 200).forEach(i -> source.put("copy" + i, prose(7, 30)));

    SyncReport report = sync();

    assertThat(embedder.texts).doesNotHaveDuplicates();
    assertThat(report.added()).isEqualTo(200);
    assertThat(report.chunks().embedded()).isEqualTo(chunks("copy0").size());
  }

  @Test
  void text_that_moves_between_documents_is_not_embedded_again() {
    String moving = prose(3, 12);
    source.put("a", prose(1, 12) + "\n\n# Moving\n\n" + moving).put("b", prose(2, 12));
    sync();
    var known = new HashSet<>(embedder.texts);

    source.put("a", prose(1, 12));
    source.put("b", prose(2, 12) + "\n\n# Moving\n\n" + moving);
    sync();

    List<String> again = new ArrayList<>(embedder.texts);
    assertThat(again).doesNotHaveDuplicates();
    assertThat(again.size() - known.size()).isLessThanOrEqualTo(2);
  }

  @Test
  void touched_document_is_unchanged_and_the_run_after_commits_nothing() {
    source.put("a", prose(1, 5));
    sync();
    source.touch("a");

    SyncReport touched = sync();
    long revision = revision();
    int opened = source.opened.get();
    SyncReport quiet = sync();

    assertThat(touched.unchanged()).isEqualTo(1);
    assertThat(quiet.unchanged()).isEqualTo(1);
    assertThat(revision()).isEqualTo(revision);
    assertThat(source.opened.get()).isEqualTo(opened);
  }

  @Test
  void changed_metadata_is_a_patch_that_writes_no_chunk() {
    source.put("a", prose(1, 5));
    sync();
    int before = embedder.texts.size();

    source.metadata("a", Metadata.EMPTY.with("path", "a").with("owner", "Ada"));
    SyncReport report = sync();

    assertThat(report.patched()).isEqualTo(1);
    assertThat(embedder.texts).hasSize(before);
    assertThat(state("a").metadata().get("owner")).isNotNull();
  }

  @Test
  void damaged_document_keeps_its_old_version_and_the_rest_goes_on() {
    source.put("a", "Old version of a.").put("b", "Text b.");
    sync();

    source.put("a", "!damaged").put("c", "Text c.");
    SyncReport report = sync();

    assertThat(report.quarantined()).isEqualTo(1);
    assertThat(report.added()).isEqualTo(1);
    assertThat(report.failures())
        .containsExactly(new SyncReport.Failure("a", dev.ragindex.api.Stage.PARSE, "damaged"));
    assertThat(report.clean()).isFalse();
    assertThat(text("a")).isEqualTo("Old version of a.");
    assertThat(index().status().quarantined()).hasSize(1);
  }

  @Test
  void damaged_document_is_not_read_again_until_it_changes() {
    source.put("a", "!damaged");
    sync();
    int opened = source.opened.get();
    long revision = revision();

    SyncReport same = sync();
    int openedSame = source.opened.get();
    source.put("a", "Repaired.");
    SyncReport repaired = sync();

    assertThat(same.quarantined()).isEqualTo(1);
    assertThat(openedSame).isEqualTo(opened);
    assertThat(revision() - 1).isEqualTo(revision);
    assertThat(repaired.added()).isEqualTo(1);
    assertThat(state("a").problem()).isNull();
  }

  @Test
  void problem_is_over_when_the_old_bytes_are_back() {
    source.put("a", "Good text.");
    sync();
    source.put("a", "!damaged");
    sync();

    source.put("a", "Good text.");
    SyncReport report = sync();

    assertThat(report.unchanged()).isEqualTo(1);
    assertThat(state("a").problem()).isNull();
  }

  @Test
  void unexpected_exception_is_a_problem_without_document_text() {
    source.put("a", "?secret words");

    SyncReport report = sync();

    assertThat(report.quarantined()).isEqualTo(1);
    assertThat(report.failures().getFirst().reason())
        .contains("IllegalStateException")
        .doesNotContain("secret");
  }

  @Test
  void unreadable_document_keeps_its_old_version_and_is_tried_again() {
    source.put("a", "Old text.");
    sync();
    source.put("a", "New text.");
    source.failures.put("a", new AccessDeniedException("a"));
    SyncReport failed = sync();
    String meanwhile = text("a");

    source.failures.clear();
    SyncReport again = sync();

    assertThat(failed.quarantined()).isEqualTo(1);
    assertThat(meanwhile).isEqualTo("Old text.");
    assertThat(again.updated()).isEqualTo(1);
    assertThat(text("a")).isEqualTo("New text.");
  }

  @Test
  void lasting_read_failure_is_reported_but_written_once() {
    source.put("a", "Text.");
    source.failures.put("a", new IOException("broken disk"));
    sync();
    long revision = revision();

    SyncReport again = sync();

    assertThat(again.quarantined()).isEqualTo(1);
    assertThat(revision()).isEqualTo(revision);
  }

  @Test
  void document_that_vanishes_after_listing_is_deferred() {
    source.put("a", "Text.").put("b", "Text b.");
    source.failures.put("a", new NoSuchFileException("a"));

    SyncReport report = sync();

    assertThat(report.deferred()).isEqualTo(1);
    assertThat(report.added()).isEqualTo(1);
    assertThat(state("a")).isNull();
  }

  @Test
  void many_deletions_are_withheld_all_of_them_until_allowed() {
    IntStream.range(0, 30).forEach(i -> source.put("d" + i, "Text number " + i + "."));
    sync();
    IntStream.range(0, 11).forEach(i -> source.remove("d" + i));
    source.put("new", "New text.");

    SyncReport withheld = sync();
    SyncReport tooLow = index().sync(source, SyncOptions.DEFAULT.allowDeletes(10));
    SyncReport allowed = index().sync(source, SyncOptions.DEFAULT.allowDeletes(11));

    assertThat(withheld.withheld()).isEqualTo(11);
    assertThat(withheld.deleted()).isZero();
    assertThat(withheld.added()).isEqualTo(1);
    assertThat(withheld.clean()).isFalse();
    assertThat(tooLow.withheld()).isEqualTo(11);
    assertThat(allowed.deleted()).isEqualTo(11);
    assertThat(index().status().documents()).isEqualTo(20);
  }

  @Test
  void empty_listing_deletes_nothing() {
    source.put("a", "Text a.").put("b", "Text b.");
    sync();
    source.remove("a");
    source.remove("b");

    SyncReport report = sync();

    assertThat(report.withheld()).isEqualTo(2);
    assertThat(index().status().documents()).isEqualTo(2);
  }

  @Test
  void documents_of_an_unlisted_part_are_kept() {
    source.put("a/1", "Text one.").put("b/1", "Text two.");
    sync();
    source.remove("a/1");
    source.uncovered.add(new Listing.Uncovered("a/", "no permission to read it"));

    SyncReport report = sync();

    assertThat(report.deleted()).isZero();
    assertThat(report.uncovered()).isEqualTo(1);
    assertThat(report.clean()).isFalse();
    assertThat(text("a/1")).isEqualTo("Text one.");
  }

  @Test
  void document_of_an_unlisted_part_is_not_moved_from() {
    source.put("a/1", "Text one.");
    sync();
    source.rename("a/1", "b/1");
    source.uncovered.add(new Listing.Uncovered("a/", "no permission to read it"));

    SyncReport report = sync();

    assertThat(report.moved()).isZero();
    assertThat(report.added()).isEqualTo(1);
    assertThat(text("a/1")).isEqualTo("Text one.");
  }

  @Test
  void failing_embedder_ends_the_run_and_the_next_one_finishes_the_job() {
    IntStream.range(0, 60).forEach(i -> source.put("d%02d".formatted(i), prose(i, 10)));
    embedder.failAfter = 150;

    assertThatThrownBy(this::sync)
        .isInstanceOf(IndexingException.class)
        .hasMessageContaining("counting")
        .extracting(e -> ((IndexingException) e).canRepeat())
        .isEqualTo(true);
    long indexed = index().status().documents();
    List<Status.Quarantined> blamed = index().status().quarantined();
    embedder.failAfter = Integer.MAX_VALUE;
    SyncReport report = sync();

    assertThat(blamed).isEmpty();
    assertThat(report.unchanged()).isEqualTo(indexed).isPositive();
    assertThat(report.added()).isEqualTo(60 - indexed);
  }

  @Test
  void another_model_is_refused_with_the_way_out() {
    source.put("a", "Text.");
    sync();
    long revision = revision();
    CountingEmbedder first = embedder;
    embedder = new CountingEmbedder("other");

    assertThatThrownBy(this::sync)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("counting")
        .hasMessageContaining("other");
    assertThatThrownBy(() -> index().search(SearchRequest.of("text")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(revision()).isEqualTo(revision);
    embedder = first;
  }

  @Test
  void another_root_is_refused_unless_it_is_said_to_have_moved() {
    source.put("a", "Text.");
    sync();
    source.moveRoot("elsewhere");

    assertThatThrownBy(this::sync)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("elsewhere");
    SyncReport report = index().sync(source, SyncOptions.DEFAULT.acceptNewRoot());

    assertThat(report.unchanged()).isEqualTo(1);
    assertThat(sync().unchanged()).isEqualTo(1);
  }

  @Test
  void changed_chunker_rereads_everything_and_embeds_only_new_texts() {
    source.put("a", prose(1, 60)).put("short", "One sentence only.");
    sync();
    int before = embedder.texts.size();

    maxTokens = 80;
    SyncReport report = sync();

    assertThat(report.updated()).isEqualTo(2);
    assertThat(report.changes()).allMatch(change -> change.reason() == Change.Reason.CHUNKER);
    assertThat(embedder.texts.stream().skip(before)).doesNotContain("One sentence only.");
    assertThat(sync().unchanged()).isEqualTo(2);
  }

  @Test
  void changed_parser_with_the_same_result_embeds_nothing() {
    source.put("a", prose(1, 60));
    sync();
    int before = embedder.texts.size();

    parserVersion = 2;
    SyncReport report = sync();

    assertThat(report.chunks().embedded()).isZero();
    assertThat(report.changes().getFirst().reason()).isEqualTo(Change.Reason.PARSER);
    assertThat(embedder.texts).hasSize(before);
  }

  @Test
  void text_that_all_but_vanishes_is_suspect_and_the_old_version_stays() {
    source.put("a", prose(1, 40)).put("blank", " \n ");
    sync();

    source.put("a", "Gone.");
    SyncReport report = sync();

    assertThat(report.suspect()).isEqualTo(2);
    assertThat(text("a")).isEqualTo(prose(1, 40));
  }

  @Test
  void empty_document_is_indexed_without_chunks() {
    source.put("a", "");

    SyncReport report = sync();

    assertThat(report.added()).isEqualTo(1);
    assertThat(report.chunks().total()).isZero();
    assertThat(sync().unchanged()).isEqualTo(1);
  }

  @Test
  void plan_says_what_sync_then_does_and_writes_nothing() {
    source.put("a", prose(1, 20)).put("b", prose(2, 20)).put("c", prose(3, 20)).put("d", "d");
    sync();
    source.put("a", prose(11, 20));
    source.rename("b", "bb");
    source.put("copy", source.text("d"));
    source.remove("c");
    source.put("new", prose(5, 20));
    long revision = revision();

    Plan plan = index().plan(source);
    long afterPlan = revision();
    SyncReport report = sync();

    assertThat(afterPlan).isEqualTo(revision);
    assertThat(plan.changes()).containsExactlyInAnyOrderElementsOf(report.changes());
    assertThat(plan.forecast().tokens().exact()).isFalse();
    assertThat(plan.forecast().tokens().embedded()).isZero();
    assertThat(plan.forecast().tokens().estimated()).isPositive();
    assertThat(plan.forecast().listed()).isEqualTo(report.listed());
  }

  @Test
  void document_over_the_size_limit_is_a_problem_in_plan_and_sync_and_is_not_read() {
    source.put("a", prose(1, 20)).put("b", "Short.");
    RagIndex index =
        RagIndex.builder()
            .store(store)
            .parser(new ParagraphParser(1))
            .embedder(embedder)
            .maxDocumentBytes(100)
            .chunker(Chunkers.recursive(embedder.tokenCounter(), ChunkLimits.of(maxTokens)))
            .build();

    Plan plan = index.plan(source);
    SyncReport report = index.sync(source);

    assertThat(report.quarantined()).isEqualTo(1);
    assertThat(report.failures().getFirst().reason()).contains("the limit is 100");
    assertThat(plan.forecast().failures()).isEqualTo(report.failures());
    assertThat(source.opened.get()).isEqualTo(2);
  }

  @Test
  void interrupt_ends_the_run_without_deleting_and_the_next_one_finishes() {
    source.put("a", "Text a.").put("b", "Text b.");
    sync();
    source.remove("a");
    source.put("c", "Text c.");
    source.atEnd = () -> Thread.currentThread().interrupt();

    assertThatThrownBy(this::sync).isInstanceOf(CancellationException.class);
    boolean interrupted = Thread.interrupted();
    source.atEnd = null;
    boolean kept = state("a") != null;
    SyncReport report = sync();

    assertThat(interrupted).isTrue();
    assertThat(kept).isTrue();
    assertThat(report.deleted()).isEqualTo(1);
    assertThat(state("c").indexed()).isNotNull();
  }

  @Test
  void heading_is_context_and_a_renamed_heading_embeds_its_section_alone() {
    String one = "# One\n\n" + prose(1, 30);
    String two = "# Two\n\n" + prose(2, 30);
    source.put("a", one + "\n\n" + two);
    sync();
    int before = embedder.texts.size();

    source.put("a", one + "\n\n" + two.replace("# Two", "# Second"));
    SyncReport report = sync();

    assertThat(embedder.texts.stream().skip(before)).allMatch(text -> text.contains("Second"));
    assertThat(report.chunks().embedded()).isLessThan(report.chunks().total());
    assertThat(chunks("a").getLast().context()).contains("Second");
  }
}
