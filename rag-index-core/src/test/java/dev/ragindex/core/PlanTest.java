package dev.ragindex.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.ragindex.api.Block;
import dev.ragindex.api.Document;
import dev.ragindex.api.DocumentParser;
import dev.ragindex.api.Signature;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.SourceDocument;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.core.chunk.ChunkLimits;
import dev.ragindex.core.chunk.Chunkers;
import dev.ragindex.core.memory.InMemoryStore;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plan foresees what a sync does, as far as it says it does, and writes nothing. */
class PlanTest {

  private static final SyncOptions EXACT = SyncOptions.DEFAULT.exactly();

  private final InMemoryStore store = InMemoryStore.create();
  private final MapSource source = new MapSource();
  private final CountingEmbedder embedder = new CountingEmbedder("counting");

  private RagIndex index(DocumentParser parser) {
    return RagIndex.builder()
        .store(store)
        .parser(parser)
        .embedder(embedder)
        .chunker(Chunkers.recursive(embedder.tokenCounter(), ChunkLimits.of(40)))
        .build();
  }

  private RagIndex index() {
    return index(new ParagraphParser(1));
  }

  private static String prose(int seed, int sentences) {
    return IntStream.range(0, sentences)
        .mapToObj(i -> "Sentence %d of text %d says something of its own.".formatted(i, seed))
        .collect(Collectors.joining("\n\n"));
  }

  private long revision() {
    try (Snapshot snapshot = store.snapshot()) {
      return snapshot.revision();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void exact_plan_is_what_sync_then_reports_whatever_was_edited(long seed) {
    Edits edits = new Edits(seed, source);
    for (int round = 0; round < 40; round++) {
      edits.make(1 + round % 7);
      RagIndex index = index(new Trimming(1 + round / 20));
      int embedded = embedder.texts.size();
      long revision = revision();

      Plan plan = index.plan(source, EXACT);
      assertThat(embedder.texts).as("a plan embeds nothing").hasSize(embedded);
      assertThat(revision()).as("a plan writes nothing").isEqualTo(revision);
      SyncReport report = index.sync(source);

      assertThat(comparable(plan.forecast()))
          .as("seed %d, round %d", seed, round)
          .isEqualTo(comparable(report));
      assertThat(plan.steps().stream().mapToLong(Plan.Step::tokens).sum())
          .isEqualTo(report.tokens().embedded());
    }
  }

  /** Everything but the times, and the cache's hits, which depend on them. */
  private static SyncReport comparable(SyncReport report) {
    return new SyncReport(
        report.source(),
        report.listed(),
        report.added(),
        report.updated(),
        report.patched(),
        report.moved(),
        report.unchanged(),
        report.quarantined(),
        report.suspect(),
        report.deferred(),
        report.deleted(),
        report.withheld(),
        report.excluded(),
        report.uncovered(),
        report.chunks(),
        report.tokens(),
        0,
        report.changes().stream().sorted(Comparator.comparing(Change::document)).toList(),
        report.failures().stream()
            .sorted(Comparator.comparing(SyncReport.Failure::document))
            .toList(),
        Duration.ZERO,
        Map.of());
  }

  @Test
  void estimate_says_that_it_is_one_and_counts_equal_bytes_once() {
    source.put("a", prose(1, 20)).put("b", source.text("a")).put("c", prose(2, 20));

    Plan plan = index().plan(source);

    SyncReport.Tokens tokens = plan.forecast().tokens();
    assertThat(tokens.exact()).isFalse();
    assertThat(tokens.embedded()).isZero();
    assertThat(tokens.estimated())
        .isEqualTo(source.text("a").length() / 4 + source.text("c").length() / 4);
  }

  @Test
  void estimate_of_html_leaves_room_for_its_markup() {
    source.put("page.HTML", prose(1, 20)).put("page.txt", prose(2, 20));

    long tokens = index().plan(source).forecast().tokens().estimated();

    assertThat(tokens)
        .isEqualTo(source.text("page.HTML").length() / 16 + source.text("page.txt").length() / 4);
  }

  @Test
  void estimate_of_a_copy_is_nothing_wherever_the_original_is_listed() {
    source.put("k", prose(1, 20)).put("gone", prose(2, 20));
    index().sync(source);
    source.put("before", source.text("k")).put("z-after", source.text("k"));
    source.put("heir", source.text("gone"));
    source.remove("gone");

    Plan plan = index().plan(source);

    assertThat(plan.changes()).hasSize(3);
    assertThat(plan.forecast().tokens().estimated()).isZero();
  }

  @Test
  void another_chunker_costs_as_much_as_all_documents_but_copies() {
    source.put("a", prose(1, 20)).put("c", prose(2, 20));
    index().sync(source);
    source.put("copy", source.text("c"));

    Plan plan = index(new ParagraphParser(2)).plan(source);

    assertThat(plan.changes()).hasSize(3);
    assertThat(plan.forecast().tokens().estimated())
        .isEqualTo(source.text("a").length() / 4 + source.text("c").length() / 4);
  }

  @Test
  void plan_with_a_chunker_that_embeds_stays_an_estimate() {
    source.put("a", prose(1, 20));
    RagIndex semantic =
        RagIndex.builder()
            .store(store)
            .parser(new ParagraphParser(1))
            .embedder(embedder)
            .chunker(Chunkers.semantic(embedder, ChunkLimits.of(40)))
            .build();

    Plan plan = semantic.plan(source, EXACT);

    assertThat(plan.forecast().tokens().exact()).isFalse();
    assertThat(plan.forecast().tokens().estimated()).isPositive();
    assertThat(embedder.texts).isEmpty();
  }

  @Test
  void exact_plan_knows_a_patch_from_an_update_and_foresees_problems() {
    RagIndex index = index(new Trimming(1));
    source.put("a", prose(1, 20)).put("b", prose(2, 20)).put("c", prose(3, 20));
    index.sync(source);
    source.put("a", source.text("a") + "   ").put("b", "!damaged").put("c", "x");

    Plan estimate = index.plan(source);
    Plan exact = index.plan(source, EXACT);

    assertThat(estimate.changes()).extracting(Change::kind).containsOnly(Change.Kind.UPDATE);
    assertThat(exact.changes())
        .extracting(Change::kind, Change::reason)
        .containsExactly(tuple(Change.Kind.PATCH, Change.Reason.SAME_TEXT));
    assertThat(exact.forecast().quarantined()).isEqualTo(1);
    assertThat(exact.forecast().suspect()).isEqualTo(1);
    assertThat(exact.forecast().tokens().estimated()).isZero();
  }

  /** Spaces at the end are no text. */
  private record Trimming(int version) implements DocumentParser {

    @Override
    public Signature signature() {
      return Signature.of("trimming", version);
    }

    @Override
    public Signature limits() {
      return Signature.of("none", 1);
    }

    @Override
    public Document parse(SourceDocument document) {
      Document parsed = new ParagraphParser(version).parse(document);
      String text = parsed.text().stripTrailing();
      return new Document(
          parsed.id(),
          text,
          text.length(),
          parsed.blocks().stream().map(block -> clipped(block, text.length())).toList(),
          parsed.title(),
          parsed.mediaType(),
          parsed.metadata(),
          parsed.warnings());
    }

    private static Block clipped(Block block, int end) {
      return new Block(
          block.kind(),
          block.layer(),
          block.start(),
          Math.min(end, block.end()),
          block.level(),
          block.page());
    }
  }

  @Test
  void plan_says_why_deletions_are_withheld() {
    IntStream.range(0, 20).forEach(i -> source.put("d" + i, prose(i, 1)));
    index().sync(source);
    assertThat(index().plan(source).withheld()).isNull();

    IntStream.range(0, 11).forEach(i -> source.remove("d" + i));
    Plan many = index().plan(source);
    Plan over = index().plan(source, SyncOptions.DEFAULT.allowDeletes(10));
    Plan allowed = index().plan(source, SyncOptions.DEFAULT.allowDeletes(11));
    IntStream.range(11, 20).forEach(i -> source.remove("d" + i));
    Plan empty = index().plan(source);

    assertThat(List.of(many.withheld(), over.withheld(), empty.withheld()))
        .containsExactly(Withheld.MANY, Withheld.CEILING, Withheld.EMPTY_LISTING);
    assertThat(allowed.withheld()).isNull();
    assertThat(many.forecast().withheld()).isEqualTo(11);
    assertThat(many.changes()).hasSize(11).allMatch(Change::withheld);
  }

  @Test
  void plan_holds_what_it_was_made_with_and_what_it_saw() {
    source.put("a", prose(1, 3)).put("b", prose(2, 3)).put("gone", prose(3, 3));
    index().sync(source);
    source.put("a", prose(4, 3));
    source.rename("b", "bb");
    source.remove("gone");

    Plan plan = index().plan(source);

    assertThat(plan.basis().revision()).isEqualTo(revision());
    assertThat(plan.basis().root()).isEqualTo(source.root());
    assertThat(plan.basis().stages()).contains("paragraphs").contains("counting");
    assertThat(plan.changes()).extracting(c -> c.document().key()).isSorted();
    Plan.Step update = plan.steps().get(0);
    Plan.Step move = plan.steps().get(1);
    Plan.Step delete = plan.steps().get(2);
    assertThat(update.bytes()).isNotNull().isNotEqualTo(update.before());
    assertThat(update.before()).isNotNull();
    assertThat(move.change().from().key()).isEqualTo("b");
    assertThat(move.bytes()).isNotNull();
    assertThat(move.before()).isNull();
    assertThat(delete.bytes()).isNull();
    assertThat(delete.before()).isNotNull();
  }

  @Test
  void exact_plan_parses_several_documents_at_once_but_not_all() {
    IntStream.range(0, 200).forEach(i -> source.put("d" + i, prose(i, 1)));
    Busy parser = new Busy(new AtomicInteger(), new AtomicInteger());

    index(parser).plan(source, EXACT);

    int cores = Runtime.getRuntime().availableProcessors();
    assertThat(parser.most().get()).isBetween(2, 2 * cores);
  }

  /** Takes a while, and counts how many documents are in it at once. */
  private record Busy(AtomicInteger now, AtomicInteger most) implements DocumentParser {
    @Override
    public Signature signature() {
      return Signature.of("busy", 1);
    }

    @Override
    public Signature limits() {
      return Signature.of("none", 1);
    }

    @Override
    public Document parse(SourceDocument document) {
      most.accumulateAndGet(now.incrementAndGet(), Math::max);
      LockSupport.parkNanos(5_000_000);
      now.decrementAndGet();
      return new ParagraphParser(1).parse(document);
    }
  }

  @Test
  void plan_needs_no_lock() {
    source.put("a", prose(1, 3));
    try (StoreWriter writer = store.writer()) {
      assertThat(index().plan(source, EXACT).changes()).hasSize(1);
    }
  }
}
