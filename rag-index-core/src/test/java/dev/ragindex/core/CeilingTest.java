package dev.ragindex.core;

import static dev.ragindex.core.Bench.prose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragindex.api.Chunker;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.Stage;
import dev.ragindex.core.chunk.ChunkLimits;
import dev.ragindex.core.chunk.Chunkers;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A run embeds no more tokens than it may. */
class CeilingTest {

  private final Bench bench = new Bench();

  @AfterEach
  void index_is_sound() {
    assertThat(bench.index().verify().findings()).isEmpty();
  }

  private long tokensSent() {
    return bench.embedder.texts.stream().mapToLong(bench.embedder.tokenCounter()::count).sum();
  }

  @Test
  void what_would_exceed_the_ceiling_is_deferred_and_the_next_runs_finish() {
    IntStream.range(0, 40).forEach(i -> bench.source.put("d" + i, prose(i, 20)));

    SyncReport first = bench.sync(SyncOptions.DEFAULT.maxEmbeddedTokens(2_000));
    long sent = tokensSent();
    int runs = 1;
    for (SyncReport next = first; !next.clean(); runs++) {
      next = bench.sync(SyncOptions.DEFAULT.maxEmbeddedTokens(2_000));
      assertThat(next.tokens().embedded()).isLessThanOrEqualTo(2_000);
    }

    assertThat(first.tokens().embedded()).isEqualTo(sent).isPositive().isLessThanOrEqualTo(2_000);
    assertThat(first.added()).isPositive();
    assertThat(first.deferred()).isEqualTo(40 - first.added()).isPositive();
    assertThat(first.failures())
        .allMatch(failure -> failure.stage() == Stage.EMBED)
        .allMatch(failure -> failure.reason().contains("the ceiling of 2,000 embedded"));
    assertThat(runs).isGreaterThan(2);
    assertThat(bench.embedder.texts).doesNotHaveDuplicates();
    assertThat(bench.index().status().documents()).isEqualTo(40);
  }

  @Test
  void deletions_patches_moves_and_copies_go_on() {
    bench
        .source
        .put("gone", prose(1, 5))
        .put("patched", prose(2, 5))
        .put("moved", prose(3, 5))
        .put("kept", prose(4, 5));
    bench.sync();
    bench.source.remove("gone");
    bench.source.metadata("patched", Metadata.EMPTY.with("owner", "Ada"));
    bench.source.rename("moved", "there");
    bench.source.put("copy", prose(4, 5)).put("new", prose(5, 5));
    bench.source.put("kept", prose(6, 5));

    SyncReport report = bench.sync(SyncOptions.DEFAULT.maxEmbeddedTokens(0));

    assertThat(report.deleted()).isEqualTo(1);
    assertThat(report.patched()).isEqualTo(1);
    assertThat(report.moved()).isEqualTo(1);
    assertThat(report.added()).isEqualTo(1);
    assertThat(report.deferred()).isEqualTo(2);
    assertThat(report.tokens().embedded()).isZero();
    assertThat(report.clean()).isFalse();
    assertThat(bench.text("kept")).as("the old version stays").isEqualTo(prose(4, 5));
    assertThat(bench.state("new")).isNull();
  }

  @Test
  void what_a_semantic_chunker_embeds_counts_too() {
    Chunker semantic = Chunkers.semantic(bench.embedder, ChunkLimits.of(60));
    bench.more = builder -> builder.chunker(semantic);
    IntStream.range(0, 20).forEach(i -> bench.source.put("d" + i, prose(i, 20)));

    SyncReport report = bench.sync(SyncOptions.DEFAULT.maxEmbeddedTokens(3_000));

    assertThat(report.added()).isPositive();
    assertThat(report.deferred()).isPositive();
    assertThat(report.tokens().embedded()).isEqualTo(tokensSent()).isLessThanOrEqualTo(3_000);
  }

  @Test
  void ceiling_that_suffices_changes_nothing() {
    bench.source.put("a", prose(1, 20));

    SyncReport report = bench.sync(SyncOptions.DEFAULT.maxEmbeddedTokens(100_000));

    assertThat(report.added()).isEqualTo(1);
    assertThat(report.clean()).isTrue();
  }
}
