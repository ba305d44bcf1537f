package dev.ragindex.core.chunk;

/** Which of several cuts of equal structural level ends a chunk. */
public enum Packing {
  /**
   * The last one that fits: fewest and fullest chunks, but an edit may shift all that follow. The
   * recursive chunker then takes headings as the starts of any blocks, as splitters of this kind
   * do.
   */
  GREEDY,
  /**
   * The one before the text that hashes highest: it stays the choice wherever the chunk began, so
   * cuts fall into step again right after an edit. Chunks are smaller than the greedy ones.
   */
  STABLE
}
