package dev.ragindex.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Problem;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.StoreBusyException;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.StoredChunk;
import dev.ragindex.core.chunk.ChunkLimits;
import dev.ragindex.core.chunk.Chunkers;
import dev.ragindex.core.memory.InMemoryStore;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What verify finds in a damaged store, and what repair makes of it. */
class RepairTest {

  private final InMemoryStore sound = InMemoryStore.create();
  private final DamagedStore store = new DamagedStore(sound);
  private final MapSource source = new MapSource();
  private final CountingEmbedder embedder = new CountingEmbedder("counting");
  private final RagIndex index =
      RagIndex.builder()
          .store(store)
          .parser(new ParagraphParser(1))
          .embedder(embedder)
          .chunker(Chunkers.recursive(embedder.tokenCounter(), ChunkLimits.of(40)))
          .build();

  private List<StoredChunk> before;

  /** How content can be damaged. */
  enum Damaged {
    TEXT(chunk -> with(chunk, chunk.text().replace('e', 'x'), chunk.context())),
    SHORTER_TEXT(chunk -> with(chunk, chunk.text().substring(1), chunk.context())),
    CONTEXT(chunk -> with(chunk, chunk.text(), "another heading")),
    ID(
        chunk ->
            new StoredChunk(
                new UUID(1, 2),
                chunk.document(),
                chunk.text(),
                chunk.overlap(),
                chunk.context(),
                chunk.embeddingKey(),
                chunk.vector())),
    LOST(chunk -> null);

    private final UnaryOperator<StoredChunk> how;

    Damaged(UnaryOperator<StoredChunk> how) {
      this.how = how;
    }

    private static StoredChunk with(StoredChunk chunk, String text, String context) {
      return new StoredChunk(
          chunk.id(),
          chunk.document(),
          text,
          chunk.overlap(),
          context,
          chunk.embeddingKey(),
          chunk.vector());
    }
  }

  @BeforeEach
  void two_documents() {
    source.put("a", prose(1)).put("b", prose(2));
    index.sync(source);
    embedder.texts.clear();
    source.opened.set(0);
    before = chunks("a");
    assertThat(before).hasSizeGreaterThan(3);
  }

  private static String prose(int seed) {
    return IntStream.range(0, 20)
        .mapToObj(i -> "Sentence %d of text %d says something of its own.".formatted(i, seed))
        .collect(Collectors.joining("\n\n"));
  }

  private static DocumentId id(String key) {
    return new DocumentId("notes", key);
  }

  private List<StoredChunk> chunks(String key) {
    try (Snapshot snapshot = store.snapshot()) {
      return snapshot.chunks(id(key));
    }
  }

  private DocumentState state(String key) {
    try (Snapshot snapshot = store.snapshot()) {
      return snapshot.state(id(key));
    }
  }

  private long revision() {
    try (Snapshot snapshot = store.snapshot()) {
      return snapshot.revision();
    }
  }

  private void damageVector(StoredChunk chunk, float value) {
    store.damage(
        chunk.id(),
        whole -> {
          float[] vector = whole.vector().clone();
          vector[0] = value;
          return whole.withVector(vector);
        });
  }

  @Test
  void a_sound_index_is_not_written() {
    long revision = revision();

    VerifyReport report = index.repair(source);

    assertThat(report.ok()).isTrue();
    assertThat(report.repaired()).isEmpty();
    assertThat(revision()).isEqualTo(revision);
  }

  @Test
  void an_empty_store_is_not_created_by_a_repair() {
    InMemoryStore empty = InMemoryStore.create();
    try (RagIndex other = RagIndex.builder().store(empty).embedder(embedder).build()) {
      assertThat(other.repair().ok()).isTrue();
    }
    assertThat(empty.snapshot().revision()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void damaged_content_is_read_again_and_written_whole(Damaged damaged) {
    store.damage(before.get(2).id(), damaged.how);
    assertThat(index.verify().ok()).isFalse();

    VerifyReport report = index.repair(source);

    assertThat(report.findings()).isEmpty();
    assertThat(report.repaired()).extracting(VerifyReport.Finding::document).containsExactly("a");
    assertThat(chunks("a")).isEqualTo(before);
    assertThat(source.opened).as("only what is damaged is read").hasValue(1);
    int lost = damaged == Damaged.LOST || damaged == Damaged.ID ? 0 : 1;
    assertThat(embedder.texts).as("the other texts have sound vectors").hasSize(lost);
    assertThat(index.sync(source).unchanged()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void without_a_source_a_damaged_document_goes_until_the_next_sync(Damaged damaged) {
    store.damage(before.get(2).id(), damaged.how);

    VerifyReport report = index.repair();

    assertThat(report.ok()).isFalse();
    assertThat(report.findings()).extracting(VerifyReport.Finding::document).containsExactly("a");
    assertThat(report.repaired()).isEmpty();
    assertThat(index.verify().ok()).as("what is left is sound").isTrue();
    assertThat(chunks("a")).as("nothing mixed stays").isEmpty();
    assertThat(state("a").problem()).extracting(Problem::reason).asString().contains("damaged");
    assertThat(chunks("b")).isNotEmpty();
    SyncReport sync = index.sync(source);
    assertThat(sync.unchanged()).isEqualTo(1);
    assertThat(chunks("a")).isEqualTo(before);
    assertThat(state("a").problem()).isNull();
  }

  @Test
  void a_damaged_vector_alone_is_embedded_again() {
    damageVector(before.get(1), Float.NaN);
    damageVector(before.get(2), 7);

    VerifyReport report = index.repair();

    assertThat(report.findings()).isEmpty();
    assertThat(report.repaired().getFirst().problem()).contains("2 vectors");
    assertThat(embedder.texts).hasSize(2);
    assertThat(source.opened).hasValue(0);
    assertThat(chunks("a")).isEqualTo(before);
  }

  @Test
  void a_vector_that_is_sound_elsewhere_is_copied() {
    source.put("copy", source.text("a"));
    index.sync(source);
    embedder.texts.clear();
    damageVector(before.get(1), Float.NaN);

    VerifyReport report = index.repair();

    assertThat(report.findings()).isEmpty();
    assertThat(embedder.texts).isEmpty();
    assertThat(chunks("a")).isEqualTo(before);
  }

  @Test
  void a_vector_is_not_taken_from_a_chunk_whose_text_is_another() {
    source.put("copy", source.text("a"));
    index.sync(source);
    embedder.texts.clear();
    store.damage(chunks("copy").get(1).id(), Damaged.TEXT.how);
    damageVector(before.get(1), Float.NaN);

    assertThat(index.repair(source).findings()).isEmpty();

    assertThat(embedder.texts).hasSize(1);
    assertThat(chunks("a")).isEqualTo(before);
  }

  @Test
  void what_the_source_cannot_give_goes_and_the_next_sync_tells_why() {
    store.damage(before.get(2).id(), Damaged.TEXT.how);
    source.remove("a");

    VerifyReport report = index.repair(source);

    assertThat(chunks("a")).isEmpty();
    assertThat(report.repaired()).isEmpty();
    assertThat(report.findings()).hasSizeGreaterThan(1);
  }

  @Test
  void another_root_is_refused_before_anything_is_written() {
    store.damage(before.get(2).id(), Damaged.TEXT.how);
    source.moveRoot("elsewhere");
    long revision = revision();

    assertThatThrownBy(() -> index.repair(source)).isInstanceOf(IllegalArgumentException.class);

    assertThat(revision()).isEqualTo(revision);
  }

  @Test
  void without_a_parser_nothing_is_written_either() {
    store.damage(before.get(2).id(), Damaged.TEXT.how);
    RagIndex bare = RagIndex.builder().store(store).embedder(embedder).build();
    long revision = revision();

    assertThatThrownBy(() -> bare.repair(source))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("parser");

    assertThat(revision()).isEqualTo(revision);
  }

  @Test
  void what_merely_changed_is_left_to_a_sync() {
    source.put("b", prose(3));
    store.damage(before.get(2).id(), Damaged.TEXT.how);

    VerifyReport report = index.repair(source);

    assertThat(report.repaired()).extracting(VerifyReport.Finding::document).containsExactly("a");
    assertThat(report.findings()).extracting(VerifyReport.Finding::document).containsExactly("b");
  }

  @Test
  void many_damaged_documents_are_repaired_in_batches() {
    for (int i = 0; i < 120; i++) {
      source.put("many" + i, prose(100 + i));
    }
    index.sync(source);
    for (int i = 0; i < 120; i++) {
      damageVector(chunks("many" + i).getFirst(), Float.POSITIVE_INFINITY);
    }
    embedder.texts.clear();

    VerifyReport report = index.repair();

    assertThat(report.findings()).isEmpty();
    assertThat(report.repaired()).hasSize(120);
    assertThat(embedder.texts).hasSize(120);
  }

  @Test
  void repair_needs_the_writer() {
    damageVector(before.get(1), Float.NaN);
    try (StoreWriter other = store.writer()) {
      assertThatThrownBy(index::repair).isInstanceOf(StoreBusyException.class);
    }
  }
}
