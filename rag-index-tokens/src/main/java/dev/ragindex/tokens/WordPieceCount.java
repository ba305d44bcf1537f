package dev.ragindex.tokens;

import dev.ragindex.tokens.AddedTokens.AddedToken;
import java.util.function.IntConsumer;

/**
 * One pass over a text that only counts. What {@link WordPieceRun} makes of the characters between
 * two spaces or symbols depends on them alone, so that their number is looked up; a symbol is
 * always one token, known or unknown.
 */
final class WordPieceCount implements IntConsumer, TokenSums.Run {

  private final WordPieceModel model;
  private final PieceCache cache;
  private final WordPieceRun run;
  private final char[] word = new char[PieceCache.LONGEST];
  private int tokens;

  WordPieceCount(WordPieceModel model, PieceCache cache) {
    this.model = model;
    this.cache = cache;
    this.run = new WordPieceRun(model, this);
  }

  /** Counts a token that the run found. */
  @Override
  public void accept(int id) {
    tokens++;
  }

  @Override
  public int count(CharSequence text, int start, int end) {
    tokens = 0;
    for (int at = start; at < end; ) {
      AddedToken added = model.addedTokens().at(text, at, end);
      if (added != null) {
        tokens++;
        at += added.content().length();
      } else {
        at = step(text, at, end);
      }
    }
    return tokens;
  }

  @Override
  public void sum(CharSequence text, TokenSums sums) {
    tokens = 0;
    for (int at = 0; at < text.length(); ) {
      AddedToken added = model.addedTokens().at(text, at, text.length());
      at = added == null ? step(text, at, text.length()) : at + added.content().length();
      tokens += added == null ? 0 : 1;
      if (endsSurely(text.charAt(at - 1))) {
        sums.add(at, tokens);
      }
    }
  }

  /** Whether nothing goes on after a unit, whatever stands before and after it. */
  private boolean endsSurely(char unit) {
    int outcome = model.characters().outcome(unit);
    return (outcome == BertCharacters.SPACE
            || BertCharacters.kind(outcome) == BertCharacters.SYMBOL)
        && !model.addedTokens().contain(unit);
  }

  /** Counts what starts at an offset, a space, a symbol or a word, and returns where it ends. */
  private int step(CharSequence text, int at, int end) {
    int codePoint = WordPieceRun.codePoint(text, at, end);
    int outcome = model.characters().outcome(codePoint);
    int after = at + Character.charCount(codePoint);
    if (outcome == BertCharacters.SPACE) {
      return after;
    }
    if (BertCharacters.kind(outcome) == BertCharacters.SYMBOL) {
      tokens++;
      return after;
    }
    int wordEnd = wordEnd(text, after, end);
    word(text, at, wordEnd);
    return wordEnd;
  }

  private int wordEnd(CharSequence text, int start, int end) {
    int at = start;
    while (at < end && model.addedTokens().at(text, at, end) == null) {
      int codePoint = WordPieceRun.codePoint(text, at, end);
      int outcome = model.characters().outcome(codePoint);
      if (outcome == BertCharacters.SPACE
          || BertCharacters.kind(outcome) == BertCharacters.SYMBOL) {
        return at;
      }
      at += Character.charCount(codePoint);
    }
    return at;
  }

  private void word(CharSequence text, int start, int end) {
    int length = end - start;
    if (length > word.length) {
      run.accept(text, start, end);
      return;
    }
    for (int i = 0; i < length; i++) {
      word[i] = text.charAt(start + i);
    }
    int known = cache.get(word, 0, length);
    if (known > 0) {
      tokens += known;
      return;
    }
    int before = tokens;
    run.accept(text, start, end);
    if (tokens > before) {
      cache.put(word, 0, length, tokens - before);
    }
  }
}
