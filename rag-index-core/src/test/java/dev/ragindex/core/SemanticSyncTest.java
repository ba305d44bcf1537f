package dev.ragindex.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragindex.api.Chunker;
import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Embedder;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.ServiceException.Reason;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.Stage;
import dev.ragindex.core.chunk.ChunkLimits;
import dev.ragindex.core.chunk.Chunkers;
import dev.ragindex.core.memory.InMemoryStore;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What cutting by meaning embeds is counted, foreseen, and fails as embedding does. */
class SemanticSyncTest {

  private static final ChunkLimits LIMITS = ChunkLimits.of(60);

  private final InMemoryStore store = InMemoryStore.create();
  private final MapSource source = new MapSource();
  private final CountingEmbedder embedder = new CountingEmbedder("counting");
  private final RagIndex index = index(Chunkers.semantic(embedder, LIMITS));

  private RagIndex index(Chunker chunker) {
    return RagIndex.builder()
        .store(store)
        .parser(new ParagraphParser(1))
        .embedder(embedder)
        .chunker(chunker)
        .build();
  }

  private static String prose(int seed, int sentences) {
    return IntStream.range(0, sentences)
        .mapToObj(i -> "Sentence %d of text %d says something of its own.".formatted(i, seed))
        .collect(Collectors.joining("\n\n"));
  }

  private long tokensSent() {
    return embedder.texts.stream().mapToLong(embedder.tokenCounter()::count).sum();
  }

  @Test
  void report_counts_what_windows_and_chunks_took_in_this_run() {
    source.put("a", prose(1, 60));
    SyncReport first = index.sync(source);
    long sentFirst = tokensSent();
    source.put("b", prose(2, 20));
    SyncReport second = index.sync(source);

    long text = embedder.tokenCounter().count(source.text("a"));
    assertThat(first.tokens().embedded()).isEqualTo(sentFirst).isGreaterThanOrEqualTo(2 * text);
    assertThat(second.tokens().embedded()).isPositive().isEqualTo(tokensSent() - sentFirst);
    assertThat(index.sync(source).tokens().embedded()).isZero();
    assertThat(index.verify().findings()).isEmpty();
  }

  @Test
  void plan_estimates_twice_the_text() {
    source.put("a", prose(1, 60)).put("b", prose(2, 60));
    Chunker plain = Chunkers.recursive(embedder.tokenCounter(), LIMITS);

    long semantic = index.plan(source).forecast().tokens().estimated();
    long recursive = index(plain).plan(source).forecast().tokens().estimated();

    assertThat(recursive).isPositive();
    assertThat(semantic).isEqualTo(2 * recursive);
    assertThat(embedder.texts).as("a plan embeds nothing").isEmpty();
  }

  @Test
  void moved_document_is_cut_anew_but_its_chunks_are_not_embedded() {
    source.put("a", prose(1, 60));
    index.sync(source);
    long sent = tokensSent();
    source.rename("a", "z");
    RagIndex later = index(Chunkers.semantic(embedder, LIMITS));

    SyncReport forecast = later.plan(source).forecast();
    SyncReport report = later.sync(source);

    assertThat(report.moved()).isEqualTo(1);
    assertThat(report.chunks().embedded()).isZero();
    assertThat(report.tokens().embedded()).isPositive().isEqualTo(tokensSent() - sent);
    assertThat(forecast.tokens().estimated()).isEqualTo(source.text("z").length() / 4);
  }

  @Test
  void failing_embedder_ends_the_run_and_blames_no_document() {
    source.put("a", prose(1, 60));
    embedder.failAfter = 0;

    assertThatThrownBy(() -> index.sync(source))
        .isInstanceOfSatisfying(
            IndexingException.class,
            failure -> assertThat(failure.kind()).isEqualTo(IndexingException.Kind.INFRASTRUCTURE));

    assertThat(index.status().quarantined()).isEmpty();
    embedder.failAfter = Integer.MAX_VALUE;
    assertThat(index.sync(source).added()).isEqualTo(1);
  }

  private SyncReport syncCutBy(ScriptedEmbedder cutter, Embedder of) {
    return RagIndex.builder()
        .store(store)
        .parser(new ParagraphParser(1))
        .embedder(of)
        .chunker(Chunkers.semantic(cutter, LIMITS))
        .build()
        .sync(source);
  }

  @Test
  void calls_for_cutting_that_are_turned_away_are_made_again() {
    source.put("a", prose(1, 60));
    ScriptedEmbedder busy = new ScriptedEmbedder();
    busy.thenFails(2, Reason.THROTTLED, Duration.ofMillis(1));

    assertThat(syncCutBy(busy, busy).added()).isEqualTo(1);
  }

  @Test
  void cheaper_embedder_for_cutting_is_called_as_calmly() {
    source.put("a", prose(1, 60));
    ScriptedEmbedder cheaper = new ScriptedEmbedder();
    cheaper.thenFails(2, Reason.THROTTLED, Duration.ofMillis(1));

    SyncReport report = syncCutBy(cheaper, embedder);

    assertThat(report.added()).isEqualTo(1);
    assertThat(cheaper.calls).as("cut by it").hasSizeGreaterThan(2);
    assertThat((long) embedder.texts.size())
        .as("of the chunks alone")
        .isEqualTo(report.chunks().embedded());
  }

  @Test
  void text_refused_while_cutting_is_the_problem_of_its_document_and_the_rest_is_counted() {
    source.put("bad", prose(1, 30) + "\n\nPoison.").put("good", prose(2, 30));
    ScriptedEmbedder picky = new ScriptedEmbedder();
    picky.limits = new Embedder.Limits(256, 64, 10_000, 2);
    LongAdder paid = new LongAdder();
    picky.otherwise =
        texts -> {
          if (texts.stream().anyMatch(text -> text.contains("Poison"))) {
            return ScriptedEmbedder.failing(Reason.REJECTED, null).apply(texts);
          }
          texts.stream()
              .filter(text -> !Canaries.TEXTS.contains(text))
              .forEach(text -> paid.add(picky.tokenCounter().count(text)));
          return picky.vectors(texts);
        };

    SyncReport report = syncCutBy(picky, picky);

    assertThat(report.added()).isEqualTo(1);
    assertThat(report.failures())
        .singleElement()
        .satisfies(failure -> assertThat(failure.document()).isEqualTo("bad"))
        .satisfies(failure -> assertThat(failure.stage()).isEqualTo(Stage.EMBED));
    assertThat(report.tokens().embedded()).isEqualTo(paid.sum());
  }

  @Test
  void documents_share_calls_for_cutting_and_never_more_than_pay_off_are_in_flight() {
    IntStream.range(0, 24).forEach(i -> source.put("d" + i, prose(i, 6)));
    ScriptedEmbedder slow = new ScriptedEmbedder();
    slow.limits = new Embedder.Limits(256, 64, 10_000, 2);
    AtomicInteger inFlight = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    slow.otherwise =
        texts -> {
          most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
          LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
          inFlight.decrementAndGet();
          return slow.vectors(texts);
        };

    SyncReport report = syncCutBy(slow, slow);

    assertThat(report.added()).isEqualTo(24);
    assertThat(most).hasValue(2);
    assertThat(slow.calls).hasSizeLessThan(24);
  }

  @Test
  void waiting_for_vectors_is_no_time_of_cutting() {
    Duration call = Duration.ofMillis(500);
    source.put("a", prose(1, 60));
    ScriptedEmbedder slow = new ScriptedEmbedder();
    slow.limits = new Embedder.Limits(256, 64, 10_000, 2);
    slow.otherwise =
        texts -> {
          LockSupport.parkNanos(call.toNanos());
          return slow.vectors(texts);
        };

    Map<Stage, Duration> busy = syncCutBy(slow, slow).busy();

    assertThat(busy.get(Stage.EMBED)).isGreaterThan(call);
    assertThat(busy.get(Stage.CHUNK)).isPositive().isLessThan(call);
  }

  @Test
  void repair_cuts_as_calmly() {
    DamagedStore damaged = new DamagedStore(store);
    ScriptedEmbedder busy = new ScriptedEmbedder();
    RagIndex.Builder builder =
        RagIndex.builder().store(damaged).parser(new ParagraphParser(1)).embedder(busy);
    source.put("a", prose(1, 60));
    builder.chunker(Chunkers.semantic(busy, LIMITS)).build().sync(source);
    try (Snapshot snapshot = store.snapshot()) {
      damaged.damage(
          snapshot.layout(new DocumentId(source.name(), "a")).getFirst().chunk(), chunk -> null);
    }
    busy.thenFails(2, Reason.THROTTLED, Duration.ofMillis(1));

    VerifyReport report = builder.chunker(Chunkers.semantic(busy, LIMITS)).build().repair(source);

    assertThat(report.findings()).isEmpty();
    assertThat(report.repaired()).hasSize(1);
  }
}
