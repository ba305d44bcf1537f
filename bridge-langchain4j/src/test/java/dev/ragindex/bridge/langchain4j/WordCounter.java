package dev.ragindex.bridge.langchain4j;

import dev.ragindex.api.TokenCounter;

/** Counts what stands between blanks: a stand-in whose counts a reader can check by eye. */
final class WordCounter implements TokenCounter {

  @Override
  public String name() {
    return "words";
  }

  @Override
  public int count(CharSequence text, int start, int end) {
    String part = text.subSequence(start, end).toString().strip();
    return part.isEmpty() ? 0 : part.split("\\s+").length;
  }
}
