package dev.ragindex.core;

/** Is told of a run's progress, from several threads; must be quick and must not throw. */
@FunctionalInterface
public interface SyncListener {

  /**
   * Something moved on.
   *
   * @param progress where the run stands
   */
  void progress(Progress progress);

  /**
   * Where a run stands.
   *
   * @param listed documents listed so far
   * @param listingDone whether the listing has come to its end
   * @param done documents that are settled
   * @param tokensEmbedded tokens embedded so far
   */
  record Progress(long listed, boolean listingDone, long done, long tokensEmbedded) {}
}
