package dev.ragindex.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ChunkLimitsTest {

  @Test
  void default_is_what_the_model_leaves_beside_the_context() {
    assertThat(ChunkLimits.forModel(254)).isEqualTo(new ChunkLimits(190, 63, 0, Packing.STABLE));
    assertThat(ChunkLimits.forModel(8191).maxTokens()).isEqualTo(448);
  }

  @Test
  void overlap_is_taken_from_the_core() {
    ChunkLimits limits = ChunkLimits.of(200, 40);

    assertThat(limits.coreTokens()).isEqualTo(160);
    assertThat(limits.minTokens()).isEqualTo(53);
  }

  @Test
  void overlap_as_large_as_the_chunk_is_refused() {
    assertThatThrownBy(() -> ChunkLimits.of(100, 100))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("100 tokens less an overlap of 100");
    assertThatThrownBy(() -> ChunkLimits.of(100, -1)).hasMessageContaining("-1");
  }

  @Test
  void minimum_above_the_core_limit_is_refused() {
    assertThatThrownBy(() -> ChunkLimits.of(100, 20).withMinTokens(81))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("81", "80", "100", "20");
    assertThatThrownBy(() -> ChunkLimits.of(100).withMinTokens(0)).hasMessageContaining("of 0");
  }

  @Test
  void maximum_above_the_model_is_refused() {
    assertThat(ChunkLimits.of(190).requireWithin(254)).isEqualTo(ChunkLimits.of(190));
    assertThatThrownBy(() -> ChunkLimits.of(191).requireWithin(254))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("191", "190", "254", "64");
    assertThatThrownBy(() -> ChunkLimits.forModel(64)).hasMessageContaining("0");
  }
}
