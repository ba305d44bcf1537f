package dev.ragindex.tokens;

import dev.ragindex.api.CountedText;
import dev.ragindex.api.TokenCounter;
import java.io.InputStream;
import java.util.Objects;

/**
 * The WordPiece tokenizer of BERT and the models descended from it, exactly as the Hugging Face
 * library runs it from the model's {@code tokenizer.json}: the same ids for every text.
 *
 * <p>The {@code truncation} and {@code padding} that such a file may ask for are ignored: a text
 * always gives all its tokens. As in the reference, a special token spelled out in a text, such as
 * {@code [SEP]}, is that token. Half of a surrogate pair counts as U+FFFD.
 *
 * <p>Which character is what is decided by the reference's own tables, not by those of the Java
 * platform, lower case and canonical decomposition excepted; there a character younger than the
 * platform's Unicode version stays as it is.
 *
 * <pre>{@code
 * WordPieceTokenizer tokenizer = WordPieceTokenizer.read(in);
 * tokenizer.encode("hello world");           // 101, 7592, 2088, 102
 * tokenizer.counter().count("hello world");  // 2
 * }</pre>
 *
 * <p>Thread-safe. Time is linear in the text whatever it holds, memory beside the result constant.
 */
public final class WordPieceTokenizer {

  private static final int NAME_DIGITS = 16;

  private final WordPieceModel model;
  private final int[] before;
  private final int[] after;
  private final TokenCounter counter;

  private WordPieceTokenizer(TokenizerFile file) {
    model =
        new WordPieceModel(
            new BertCharacters(file.options()),
            new AddedTokens(file.addedTokens()),
            new PieceTrie(file.vocabulary(), file.continuingPrefix()),
            Objects.requireNonNull(file.vocabulary().get(file.unknown())),
            file.longestWord());
    before = file.before().stream().mapToInt(Integer::intValue).toArray();
    after = file.after().stream().mapToInt(Integer::intValue).toArray();
    counter =
        new Counter(
            "wordpiece-" + file.fingerprint().toString().substring(0, NAME_DIGITS),
            model,
            new PieceCache());
  }

  /**
   * Reads a tokenizer.json.
   *
   * @param in the file, read to the end of its JSON value and left open
   * @return the tokenizer
   * @throws IllegalArgumentException if it is no JSON, or asks for something other than
   *     BertNormalizer, BertPreTokenizer, WordPiece and special tokens around the text
   * @throws java.io.UncheckedIOException if reading fails
   */
  public static WordPieceTokenizer read(InputStream in) {
    return new WordPieceTokenizer(TokenizerFile.read(in));
  }

  /**
   * Encodes a text as the model wants it, special tokens included; never truncated, never padded.
   *
   * @param text any text
   * @return the ids
   */
  public int[] encode(CharSequence text) {
    IdBuffer ids = new IdBuffer(text.length() / 3 + specialTokens());
    ids.addAll(before);
    new WordPieceRun(model, ids).accept(text, 0, text.length());
    ids.addAll(after);
    return ids.toArray();
  }

  /**
   * Counts the tokens of a text or a part of it, special tokens not counted. Its name is made of
   * vocabulary and settings: tokenizers of equal name give equal counts.
   *
   * @return a thread-safe counter
   */
  public TokenCounter counter() {
    return counter;
  }

  /**
   * How many special tokens {@link #encode} puts around a text.
   *
   * @return 2 for BERT
   */
  public int specialTokens() {
    return before.length + after.length;
  }

  /** Counts without keeping ids, and without copying the text. */
  private record Counter(String name, WordPieceModel model, PieceCache cache)
      implements TokenCounter {
    @Override
    public int count(CharSequence text, int start, int end) {
      Objects.checkFromToIndex(start, end, text.length());
      return new WordPieceCount(model, cache).count(text, start, end);
    }

    @Override
    public CountedText counted(CharSequence text) {
      return new TokenSums(text, new WordPieceCount(model, cache));
    }
  }
}
