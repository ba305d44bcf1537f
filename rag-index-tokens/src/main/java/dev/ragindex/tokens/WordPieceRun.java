package dev.ragindex.tokens;

import dev.ragindex.tokens.AddedTokens.AddedToken;
import java.util.function.IntConsumer;

/**
 * One pass of the tokenizer over one text. It keeps no more than one word, and no more of that than
 * the longest word which is not unknown by its length: time is linear in the text, memory constant.
 *
 * <p>Words are cut greedily into the longest pieces of the vocabulary (Wu et al., "Google's Neural
 * Machine Translation System", 2016, as BERT does it); a word that cannot be cut whole is unknown.
 */
final class WordPieceRun {

  private final WordPieceModel model;
  private final IntConsumer sink;

  /** The normalised word so far, without what goes beyond the longest word. */
  private char[] word = new char[0];

  private int wordUnits;
  private int wordCodePoints;
  private int[] pieces = new int[0];

  WordPieceRun(WordPieceModel model, IntConsumer sink) {
    this.model = model;
    this.sink = sink;
  }

  void accept(CharSequence text, int start, int end) {
    int at = start;
    while (at < end) {
      AddedToken added = model.addedTokens().at(text, at, end);
      if (added != null) {
        endWord();
        sink.accept(added.id());
        at += added.content().length();
      } else {
        int codePoint = codePoint(text, at, end);
        accept(codePoint, model.characters().outcome(codePoint));
        at += Character.charCount(codePoint);
      }
    }
    endWord();
  }

  /** The code point at a position; half of a surrogate pair counts as U+FFFD. */
  static int codePoint(CharSequence text, int at, int end) {
    char unit = text.charAt(at);
    if (!Character.isSurrogate(unit)) {
      return unit;
    }
    boolean paired =
        Character.isHighSurrogate(unit)
            && at + 1 < end
            && Character.isLowSurrogate(text.charAt(at + 1));
    return paired ? Character.toCodePoint(unit, text.charAt(at + 1)) : 0xFFFD;
  }

  private void accept(int codePoint, int outcome) {
    switch (BertCharacters.kind(outcome)) {
      case BertCharacters.LETTER -> append(BertCharacters.payload(outcome));
      case BertCharacters.SYMBOL -> symbol(BertCharacters.payload(outcome));
      case BertCharacters.SEQUENCE -> {
        for (int part : model.characters().sequence(codePoint, outcome)) {
          accept(codePoint, part);
        }
      }
      default -> {
        if (outcome == BertCharacters.SPACE) {
          endWord();
        }
      }
    }
  }

  private void symbol(int codePoint) {
    endWord();
    append(codePoint);
    endWord();
  }

  private void append(int codePoint) {
    if (word.length == 0) {
      word = new char[2 * model.longestWord()];
      pieces = new int[2 * model.longestWord()];
    }
    if (wordCodePoints < model.longestWord()) {
      wordUnits += Character.toChars(codePoint, word, wordUnits);
    }
    wordCodePoints++;
  }

  private void endWord() {
    if (wordCodePoints == 0) {
      return;
    }
    int count = wordCodePoints > model.longestWord() ? 0 : cut();
    if (count == 0) {
      sink.accept(model.unknown());
    }
    for (int i = 0; i < count; i++) {
      sink.accept(pieces[i]);
    }
    wordUnits = 0;
    wordCodePoints = 0;
  }

  /** Cuts the word into pieces and returns their number, 0 if that fails. */
  private int cut() {
    int count = 0;
    int root = PieceTrie.START;
    for (int at = 0; at < wordUnits; count++) {
      int end = longestPiece(root, at, count);
      if (end == at) {
        return 0;
      }
      at = end;
      root = PieceTrie.CONTINUED;
    }
    return count;
  }

  /** Finds the longest piece at a position, notes its id, and returns where it ends. */
  private int longestPiece(int root, int start, int index) {
    PieceTrie trie = model.trie();
    int end = start;
    int node = root;
    for (int i = start; i < wordUnits; i++) {
      node = trie.child(node, word[i]);
      if (node == PieceTrie.NONE) {
        break;
      }
      if (trie.piece(node) != PieceTrie.NONE) {
        pieces[index] = trie.piece(node);
        end = i + 1;
      }
    }
    return end;
  }
}
