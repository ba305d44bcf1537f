package dev.ragindex.api;

/** Counts tokens exactly as the tokenizer it names would. Thread-safe. */
public interface TokenCounter {

  /**
   * Name of the tokenizer, part of a chunker's signature.
   *
   * @return a name such as {@code "cl100k_base"}
   */
  String name();

  /**
   * Counts the tokens of a part of a text as if it stood alone, without special tokens.
   *
   * @param text a text
   * @param start offset of the part's first character
   * @param end offset after its last character
   * @return the number of tokens
   */
  int count(CharSequence text, int start, int end);

  /**
   * Counts the tokens of a text, without special tokens.
   *
   * @param text a text
   * @return the number of tokens
   */
  default int count(CharSequence text) {
    return count(text, 0, text.length());
  }

  /**
   * Reads a text of which many parts will be counted. A counter that cannot put parts together
   * leaves it at counting each part when asked, as this does.
   *
   * @param text a text that does not change
   * @return the counts of its parts
   */
  default CountedText counted(CharSequence text) {
    return (start, end) -> count(text, start, end);
  }
}
