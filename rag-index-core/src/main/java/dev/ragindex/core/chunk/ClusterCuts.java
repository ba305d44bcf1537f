package dev.ragindex.core.chunk;

import java.util.BitSet;

/**
 * Cuts that Chroma's "ClusterSemantic" (Smith and Troynikov, <i>Evaluating Chunking Strategies for
 * Retrieval</i>, 2024) would choose: the sum of the similarities of all pairs of windows within a
 * chunk, each less what is usual, is made as large as the limit allows.
 *
 * <p>There, what is usual is the mean over the document, and so is the choice. Here a pair is
 * compared with the mean similarity of its windows to those around them, and the choice is made for
 * one stretch of text at a time. Stretches are cut like stable chunks, only larger, so that an edit
 * does not move cuts beyond its stretch, or the next: a remainder below the minimum goes on into
 * that one.
 */
final class ClusterCuts implements Cuts {

  /** Size of a stretch in chunks of the largest size. */
  private static final int LEAST_STRETCH = 2;

  private static final int MOST_STRETCH = 6;

  private final UnitTable windows;
  private final Cutter cutter;
  private final BitSet ends = new BitSet();

  private ClusterCuts(UnitTable windows, Cutter cutter) {
    this.windows = windows;
    this.cutter = cutter;
  }

  /**
   * Chooses the cuts of a text.
   *
   * @param cutter chooses within a chunk that turns out to be too large
   */
  static ClusterCuts find(
      String text, UnitTable windows, WindowVectors vectors, Cutter cutter, ChunkLimits limits) {
    ClusterCuts cuts = new ClusterCuts(windows, cutter);
    int core = limits.coreTokens();
    Cutter stretches = new Cutter(LEAST_STRETCH * core, Packing.STABLE, Level.HIGHEST);
    int from = 0;
    for (int end = 0; end < windows.size(); ) {
      end = stretches.cut(windows, end, Math.multiplyExact(MOST_STRETCH, core));
      Similarities similarities = Similarities.of(text, windows, vectors, from, end);
      Clustering clustering = new Clustering(windows, similarities, limits, from, end);
      from = clustering.writeTo(cuts.ends);
    }
    cuts.ends.set(windows.size());
    return cuts;
  }

  @Override
  public UnitTable units() {
    return windows;
  }

  @Override
  public int end(int from, int max) {
    int planned = ends.nextSetBit(from + 1);
    return windows.weight(from, planned) <= max ? planned : cutter.cut(windows, from, max);
  }
}
