package dev.ragindex.embedder.onnx;

import dev.ragindex.api.CountedText;
import dev.ragindex.api.TokenCounter;
import dev.ragindex.tokens.WordPieceTokenizer;

/**
 * Counts with a tokenizer that is read when first needed, which for its name it is not.
 *
 * @param name of the tokenizer's own counter
 * @param tokenizer counts
 */
record LazyCounter(String name, Lazy<WordPieceTokenizer> tokenizer) implements TokenCounter {

  @Override
  public int count(CharSequence text, int start, int end) {
    return tokenizer.get().counter().count(text, start, end);
  }

  @Override
  public CountedText counted(CharSequence text) {
    return tokenizer.get().counter().counted(text);
  }
}
