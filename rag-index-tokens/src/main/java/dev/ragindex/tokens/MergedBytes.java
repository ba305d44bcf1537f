package dev.ragindex.tokens;

/**
 * Some bytes, merged to tokens. All pairs that go to the same token are merged in one go from left
 * to right: what comes of them can only be merged later, since tokens come after their parts.
 *
 * <p>Not thread-safe; its arrays serve again.
 */
final class MergedBytes {

  private static final int NONE = BytePairVocabulary.NONE;

  private final BytePairVocabulary vocabulary;
  private int[] tokens = new int[0];

  /** What each token can be merged to with the one after it. */
  private int[] merged = new int[0];

  private int size;
  private int end;

  MergedBytes(BytePairVocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** Number of tokens. */
  int size() {
    return size;
  }

  /** Offset at which the bytes end. */
  int end() {
    return end;
  }

  /** One of the tokens. */
  int token(int index) {
    return tokens[index];
  }

  /** Takes other bytes, at least one, and merges them. */
  void merge(byte[] text, int start, int end) {
    this.end = end;
    split(text, start, end);
    for (int next = lowest(); next != NONE; next = lowest()) {
      mergeTo(next);
    }
  }

  private void split(byte[] text, int start, int end) {
    size = end - start;
    if (tokens.length < size) {
      tokens = new int[size];
      merged = new int[size];
    }
    for (int i = 0; i < size; i++) {
      tokens[i] = vocabulary.single(text[start + i]);
    }
    for (int i = 1; i < size; i++) {
      merged[i - 1] = vocabulary.merged(tokens[i - 1], tokens[i]);
    }
    merged[size - 1] = NONE;
  }

  private int lowest() {
    int lowest = NONE;
    for (int i = 0; i < size; i++) {
      lowest = Math.min(lowest, merged[i]);
    }
    return lowest;
  }

  private void mergeTo(int token) {
    int to = 0;
    while (merged[to] != token) {
      to++;
    }
    for (int from = to; from < size; to++) {
      if (merged[from] == token) {
        from += 2;
        tokens[to] = token;
        merged[to] = from < size ? vocabulary.merged(token, tokens[from]) : NONE;
        if (to > 0) {
          merged[to - 1] = vocabulary.merged(tokens[to - 1], token);
        }
      } else {
        tokens[to] = tokens[from];
        merged[to] = merged[from++];
      }
    }
    size = to;
  }
}
