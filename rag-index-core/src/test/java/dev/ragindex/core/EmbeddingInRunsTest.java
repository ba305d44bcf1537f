package dev.ragindex.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragindex.api.Embedder.Limits;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.ServiceException.Reason;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.Stage;
import dev.ragindex.core.chunk.ChunkLimits;
import dev.ragindex.core.chunk.Chunkers;
import dev.ragindex.core.memory.InMemoryStore;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a run does with an embedder that is not always well. */
class EmbeddingInRunsTest {

  private final InMemoryStore store = InMemoryStore.create();
  private final PickyStore picky = new PickyStore(store);
  private final MapSource source = new MapSource();
  private final ScriptedEmbedder embedder = new ScriptedEmbedder();
  private final RagIndex index =
      RagIndex.builder()
          .store(picky)
          .parser(new ParagraphParser(1))
          .embedder(embedder)
          .chunker(Chunkers.recursive(embedder.tokenCounter(), ChunkLimits.of(40)))
          .build();

  @AfterEach
  void index_is_sound() {
    assertThat(index.verify().findings()).isEmpty();
  }

  @Test
  void a_text_the_service_refuses_is_the_problem_of_its_document_alone() {
    IntStream.range(0, 9).forEach(i -> source.put("d" + i, "Text number " + i + " of nine."));
    embedder.otherwise = embedder.refusing("Text number 4 of nine.", Reason.REJECTED);

    SyncReport report = index.sync(source);

    assertThat(report.added()).isEqualTo(8);
    assertThat(report.failures())
        .singleElement()
        .satisfies(failure -> assertThat(failure.document()).isEqualTo("d4"))
        .satisfies(failure -> assertThat(failure.stage()).isEqualTo(Stage.EMBED))
        .satisfies(failure -> assertThat(failure.reason()).doesNotContain("Text number"));
  }

  @Test
  void texts_of_a_refused_document_that_others_share_are_not_refused() {
    source.put("bad", "Poison.\n\n" + prose(1));
    source.put("good", prose(1));
    embedder.otherwise =
        texts -> {
          if (texts.stream().anyMatch(text -> text.contains("Poison"))) {
            ScriptedEmbedder.failing(Reason.REJECTED, null).apply(texts);
          }
          return embedder.vectors(texts);
        };

    SyncReport report = index.sync(source);

    assertThat(report.added()).isEqualTo(1);
    assertThat(report.failures()).extracting(SyncReport.Failure::document).containsExactly("bad");
  }

  @Test
  void small_documents_share_calls() {
    embedder.limits = new Limits(256, 64, 10_000, 2);
    embedder.otherwise =
        texts -> {
          sleep(30);
          return embedder.vectors(texts);
        };
    IntStream.range(0, 300).forEach(i -> source.put("d" + i, "Text number " + i + "."));

    index.sync(source);

    assertThat(embedder.calls).hasSizeLessThan(60);
  }

  @Test
  void new_texts_are_looked_up_in_one_snapshot() {
    IntStream.range(0, 300).forEach(i -> source.put("d" + i, "Text number " + i + "."));

    assertThat(index.sync(source).chunks().embedded()).isEqualTo(300);

    assertThat(picky.snapshots.get()).as("a snapshot may cost a connection").isLessThan(10);
  }

  @Test
  void canaries_go_with_the_first_call_of_a_run_that_embeds_and_a_quiet_run_has_none() {
    source.put("a", prose(1));
    index.sync(source);
    assertThat(embedder.calls.element()).startsWith(Canaries.TEXTS.get(0));
    assertThat(canaries()).isNotNull();

    embedder.calls.clear();
    long revision = revision();
    index.sync(source);
    assertThat(embedder.calls).isEmpty();
    assertThat(revision()).isEqualTo(revision);

    source.put("b", prose(2));
    index.sync(source);
    assertThat(texts()).containsOnlyOnce(Canaries.TEXTS.get(0));
  }

  @Test
  void another_model_behind_the_same_name_stores_nothing() {
    source.put("a", prose(1));
    index.sync(source);
    long revision = revision();
    embedder.otherwise =
        texts ->
            texts.stream()
                .map(text -> embedder.vectors(List.of("#" + text.hashCode())).get(0))
                .toList();
    source.put("b", prose(2));

    assertThatThrownBy(() -> index.sync(source))
        .isInstanceOf(IndexingException.class)
        .hasMessageContaining("not the one that made this index");

    assertThat(revision()).isEqualTo(revision);
    assertThat(index.status().quarantined()).isEmpty();
  }

  @Test
  void what_a_run_paid_for_and_could_not_store_is_not_paid_for_again() {
    IntStream.range(0, 5).forEach(i -> source.put("d" + i, prose(i)));
    picky.objection =
        batch -> {
          throw new IndexingException(
              Stage.STORE, IndexingException.Kind.INFRASTRUCTURE, "disk full");
        };
    assertThatThrownBy(() -> index.sync(source)).hasMessageContaining("disk full");
    embedder.calls.clear();
    picky.objection = batch -> {};

    SyncReport report = index.sync(source);

    assertThat(report.added()).isEqualTo(5);
    assertThat(report.chunks().embedded()).isZero();
    assertThat(report.cacheHits()).isEqualTo(report.chunks().total());
    assertThat(embedder.calls).isEmpty();
  }

  @Test
  void a_run_waits_for_a_service_that_asks_it_to() {
    source.put("a", "One short text.");
    embedder.thenFails(2, Reason.THROTTLED, Duration.ofMillis(50));

    assertThat(index.sync(source).added()).isEqualTo(1);
    assertThat(embedder.calls).hasSize(3);
  }

  private String canaries() {
    try (Snapshot snapshot = store.snapshot()) {
      return snapshot.settings().index().get(IndexSettings.CANARIES);
    }
  }

  private long revision() {
    try (Snapshot snapshot = store.snapshot()) {
      return snapshot.revision();
    }
  }

  private List<String> texts() {
    return embedder.calls.stream().flatMap(List::stream).toList();
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String prose(int seed) {
    return IntStream.range(0, 8)
        .mapToObj(i -> "Sentence %d of text %d says something of its own.".formatted(i, seed))
        .collect(Collectors.joining("\n\n"));
  }
}
