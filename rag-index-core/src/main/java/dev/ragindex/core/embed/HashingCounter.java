package dev.ragindex.core.embed;

import dev.ragindex.api.TokenCounter;

/**
 * Tokens of the {@link HashingEmbedder}: a run of letters and digits is one token for each 16
 * characters begun; any other character that is not white space is a token by itself.
 */
final class HashingCounter implements TokenCounter {

  static final int LONGEST = 16;

  /** Receives tokens in order. */
  interface Sink {
    void token(int start, int end);
  }

  @Override
  public String name() {
    return "hashing";
  }

  @Override
  public int count(CharSequence text, int start, int end) {
    int[] count = {0};
    tokens(text, start, end, (from, to) -> count[0]++);
    return count[0];
  }

  static void tokens(CharSequence text, int start, int end, Sink sink) {
    int from = start;
    while (from < end) {
      char c = text.charAt(from);
      int to = from + 1;
      if (isWord(c)) {
        while (to < end && to - from < LONGEST && isWord(text.charAt(to))) {
          to++;
        }
      }
      if (!isSpace(c)) {
        sink.token(from, to);
      }
      from = to;
    }
  }

  /** Everything beyond ASCII counts as a letter, so that no Unicode table decides. */
  private static boolean isWord(char c) {
    return c >= 128 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isSpace(char c) {
    return c <= ' ';
  }
}
