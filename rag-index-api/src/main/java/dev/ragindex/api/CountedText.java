package dev.ragindex.api;

/**
 * A text that a {@link TokenCounter} has read, ready to say how many tokens its parts have. Whoever
 * counts many parts of one text, overlapping or not, has it read once instead of once a part.
 *
 * <p>Not thread-safe.
 */
@FunctionalInterface
public interface CountedText {

  /**
   * Counts the tokens of a part as if it stood alone: exactly what {@link
   * TokenCounter#count(CharSequence, int, int)} says.
   *
   * @param start offset of the part's first character
   * @param end offset after its last character
   * @return the number of tokens
   */
  int count(int start, int end);
}
