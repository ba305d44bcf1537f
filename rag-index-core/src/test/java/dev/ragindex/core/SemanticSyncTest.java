package dev.ragindex.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragindex.api.Chunker;
import dev.ragindex.api.IndexingException;
import dev.ragindex.core.chunk.ChunkLimits;
import dev.ragindex.core.chunk.Chunkers;
import dev.ragindex.core.memory.InMemoryStore;
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
}
