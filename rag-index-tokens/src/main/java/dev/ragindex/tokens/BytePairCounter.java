package dev.ragindex.tokens;

import dev.ragindex.api.CountedText;
import dev.ragindex.api.TokenCounter;
import java.util.Objects;

/**
 * Counts tokens as OpenAI's tokenizers do, exactly: {@code cl100k_base} of the text-embedding-3 and
 * ada-002 models, and {@code o200k_base} of the GPT-4o family and what came after it.
 *
 * <p>Special tokens spelled out in a text, such as {@code <|endoftext|>}, are ordinary text. Halves
 * of surrogate pairs count as U+FFFD, which a canonical text has in their place. What is a letter
 * or a number is decided by Unicode 16.0, whatever the version of the Java platform.
 *
 * <pre>{@code
 * TokenCounter counter = BytePairCounter.cl100k();
 * counter.count("tiktoken is great!");  // 6
 * }</pre>
 *
 * <p>White space at the end of a text is split as first published, and as jtokkit does: a line
 * break apart from the spaces after it. Later versions of tiktoken keep them together in {@code
 * cl100k_base}, which may make a token less.
 *
 * <p>Thread-safe. Time is linear in the text, whatever it holds. Creating a counter reads the
 * vocabulary, which takes hundredths of a second; it keeps that and the pieces it met lately, at
 * most some 20 MB: share it.
 */
public final class BytePairCounter implements TokenCounter {

  private final String name;
  private final PieceRule rule;
  private final BytePairVocabulary vocabulary;
  private final PieceCache cache = new PieceCache();

  private BytePairCounter(String name, PieceRule rule) {
    this.name = name;
    this.rule = rule;
    this.vocabulary = BytePairVocabulary.read(name + ".merges");
  }

  /**
   * Reads the vocabulary of {@code cl100k_base}.
   *
   * @return a counter
   */
  public static BytePairCounter cl100k() {
    return new BytePairCounter("cl100k_base", PieceRule.CL100K);
  }

  /**
   * Reads the vocabulary of {@code o200k_base}.
   *
   * @return a counter
   */
  public static BytePairCounter o200k() {
    return new BytePairCounter("o200k_base", PieceRule.O200K);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int count(CharSequence text, int start, int end) {
    Objects.checkFromToIndex(start, end, text.length());
    return new BytePairRun(rule, vocabulary, cache).count(text, start, end);
  }

  @Override
  public CountedText counted(CharSequence text) {
    return new TokenSums(text, new BytePairRun(rule, vocabulary, cache));
  }
}
