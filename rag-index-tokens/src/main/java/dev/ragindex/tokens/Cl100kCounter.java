package dev.ragindex.tokens;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.ragindex.api.CanonicalText;
import dev.ragindex.api.TokenCounter;
import java.util.Objects;

/**
 * Counts tokens of {@code cl100k_base}, the tokenizer of OpenAI's text-embedding-3 models, by
 * jtokkit. Special tokens spelled out in a text, such as {@code <|endoftext|>}, are ordinary text.
 * U+0000 and halves of surrogate pairs count as U+FFFD, which a canonical text has in their place.
 *
 * <p>A part of a text is copied to be counted. Time is linear in ordinary text; pieces without a
 * break (very long runs of letters) are merged by jtokkit in more than linear time.
 *
 * <p>Thread-safe. Creating one reads the vocabulary, which takes tenths of a second: share it.
 */
public final class Cl100kCounter implements TokenCounter {

  private final Encoding encoding;

  private Cl100kCounter(Encoding encoding) {
    this.encoding = encoding;
  }

  /**
   * Reads the vocabulary.
   *
   * @return the counter
   */
  public static Cl100kCounter create() {
    return new Cl100kCounter(
        Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.CL100K_BASE));
  }

  @Override
  public String name() {
    return "cl100k_base";
  }

  @Override
  public int count(CharSequence text, int start, int end) {
    Objects.checkFromToIndex(start, end, text.length());
    return encoding.countTokensOrdinary(
        CanonicalText.clean(text.subSequence(start, end).toString()));
  }
}
