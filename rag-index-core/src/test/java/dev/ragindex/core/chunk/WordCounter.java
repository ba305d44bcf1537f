package dev.ragindex.core.chunk;

import dev.ragindex.api.TokenCounter;

/** A tokenizer for tests: a run of letters and digits is a token, so is any other visible mark. */
final class WordCounter implements TokenCounter {

  /** Additive wherever no word is cut, as WordPiece is. */
  static final TokenCounter ADDITIVE = new WordCounter("words", 0);

  /** One more token for every eight: more for a whole than for its parts, to provoke excess. */
  static final TokenCounter SUPERADDITIVE = new WordCounter("words-and-more", 8);

  private final String name;
  private final int extraEvery;

  private WordCounter(String name, int extraEvery) {
    this.name = name;
    this.extraEvery = extraEvery;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int count(CharSequence text, int start, int end) {
    int tokens = 0;
    boolean inWord = false;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      boolean wordPart = Character.isLetterOrDigit(c) || Character.isSurrogate(c);
      if (!Character.isWhitespace(c) && !(wordPart && inWord)) {
        tokens++;
      }
      inWord = wordPart;
    }
    return extraEvery == 0 ? tokens : tokens + tokens / extraEvery;
  }
}
