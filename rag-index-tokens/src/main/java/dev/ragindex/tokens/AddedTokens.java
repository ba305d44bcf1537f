package dev.ragindex.tokens;

import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tokens such as {@code [MASK]} that the tokenizer recognises in the bare text, before words. */
final class AddedTokens {

  private final List<AddedToken> longestFirst;

  /** Bits of units with which a token starts: what rules out nearly every position at once. */
  private final long firstUnits;

  private final BitSet units = new BitSet();

  AddedTokens(List<AddedToken> tokens) {
    longestFirst =
        tokens.stream()
            .sorted(Comparator.comparingInt((AddedToken token) -> -token.content().length()))
            .toList();
    firstUnits =
        tokens.stream()
            .mapToLong(token -> 1L << token.content().charAt(0))
            .reduce(0, (some, other) -> some | other);
    tokens.forEach(token -> token.content().chars().forEach(units::set));
  }

  /** The longest token that stands at a position and ends within the range, or null. */
  @Nullable AddedToken at(CharSequence text, int position, int end) {
    if (((firstUnits >>> text.charAt(position)) & 1) == 0) {
      return null;
    }
    for (AddedToken token : longestFirst) {
      if (stands(token.content(), text, position, end)) {
        return token;
      }
    }
    return null;
  }

  /** Whether a UTF-16 unit is part of a token: where it stands, one may start before and go on. */
  boolean contain(char unit) {
    return units.get(unit);
  }

  private static boolean stands(String content, CharSequence text, int position, int end) {
    if (content.length() > end - position) {
      return false;
    }
    for (int i = 0; i < content.length(); i++) {
      if (content.charAt(i) != text.charAt(position + i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * One added token.
   *
   * @param content its characters, not empty
   * @param id its number
   */
  record AddedToken(String content, int id) {
    AddedToken {
      if (content.isEmpty()) {
        throw new IllegalArgumentException("tokenizer.json: an added token is empty");
      }
    }
  }
}
