package dev.ragindex.core.chunk;

import dev.ragindex.api.Chunker;
import dev.ragindex.api.TokenCounter;

/**
 * The chunkers. All keep the limits they are given as counted by the token counter on the core's
 * text, never cut inside of a character as a reader sees it, and give chunks whose cores tile the
 * indexed text.
 *
 * <pre>{@code
 * Chunker chunker = Chunkers.recursive(embedder.tokenCounter(),
 *     ChunkLimits.forModel(embedder.limits().tokensPerText()));
 * }</pre>
 */
public final class Chunkers {

  private Chunkers() {}

  /**
   * Cuts at the strongest boundary that fits: headings before blocks, blank lines, lines,
   * sentences, clauses, words. For any text.
   *
   * @param counter counts tokens as the embedder does
   * @param limits sizes and packing
   * @return the chunker
   */
  public static Chunker recursive(TokenCounter counter, ChunkLimits limits) {
    return new UnitChunker(Strategy.recursive(limits.packing()), counter, limits);
  }
}
