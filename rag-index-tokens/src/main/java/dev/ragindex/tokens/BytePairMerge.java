package dev.ragindex.tokens;

/**
 * Counts the tokens of pieces, one after the other. A short piece is merged as a whole; a long one,
 * which would take quadratic time, block by block.
 *
 * <p>Tokens are the outcome of merging exactly if each two neighbours are what merging leaves side
 * by side (Antwerpen and Neubeck, "So many tokens, so little time", GitHub 2024, and their crate
 * {@code bpe}). So a block's first tokens are settled if the next block, begun right after them,
 * begins with a token that goes with the last of them. Its tokens towards the end may be wrong, for
 * what follows was not known: that is why blocks overlap.
 *
 * <p>Not thread-safe: it keeps its arrays from piece to piece.
 */
final class BytePairMerge {

  /** Large enough for two of the longest tokens. */
  private static final int WHOLE = 256;

  private static final int FIRST_BLOCK = 64;

  private final BytePairVocabulary vocabulary;
  private MergedBytes block;
  private MergedBytes next;

  BytePairMerge(BytePairVocabulary vocabulary) {
    this.vocabulary = vocabulary;
    this.block = new MergedBytes(vocabulary);
    this.next = new MergedBytes(vocabulary);
  }

  /** Number of tokens of the first bytes of a text, at least one byte. */
  int count(byte[] text, int length) {
    return length <= WHOLE ? whole(text, length) : inBlocks(text, length);
  }

  private int whole(byte[] text, int end) {
    block.merge(text, 0, end);
    return block.size();
  }

  private int inBlocks(byte[] text, int length) {
    for (int size = FIRST_BLOCK; size < length; size *= 2) {
      int count = inBlocks(text, length, size);
      if (count > 0) {
        return count;
      }
    }
    return whole(text, length);
  }

  /** Counts by blocks of a size; 0 if they are too small to settle a token. */
  private int inBlocks(byte[] text, int length, int size) {
    int count = 0;
    block.merge(text, 0, size);
    while (block.end() < length) {
      int settled = settle(text, length, size);
      if (settled == 0) {
        return 0;
      }
      count += settled;
      MergedBytes done = block;
      block = next;
      next = done;
    }
    return count + block.size();
  }

  /** Merges the next block and returns how many tokens of this one come before it. */
  private int settle(byte[] text, int length, int size) {
    int settled = block.size();
    int border = block.end();
    while (settled > 1) {
      border -= vocabulary.length(block.token(--settled));
      if (border <= block.end() - size / 4) {
        next.merge(text, border, Math.min(border + size, length));
        if (vocabulary.areNeighbours(block.token(settled - 1), next.token(0))) {
          return settled;
        }
      }
    }
    return 0;
  }
}
