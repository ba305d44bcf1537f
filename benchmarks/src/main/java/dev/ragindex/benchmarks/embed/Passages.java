package dev.ragindex.benchmarks.embed;

import dev.ragindex.api.TokenCounter;
import dev.ragindex.benchmarks.Prose;
import java.util.ArrayList;
import java.util.List;

/** Texts of a number of tokens. */
final class Passages {

  private static final long SEED = 42;
  private static final int CHARACTERS_PER_TOKEN = 8;

  private Passages() {}

  /**
   * Cuts made-up English at blanks, and fills up with words of one token.
   *
   * @param count how many
   * @param tokens of each, without special tokens
   */
  static List<String> of(int count, int tokens, TokenCounter counter) {
    String text = Prose.document(count * tokens * CHARACTERS_PER_TOKEN, SEED).text();
    List<String> passages = new ArrayList<>();
    int start = 0;
    while (passages.size() < count) {
      int end = start;
      for (int next = end; counter.count(text, start, next) <= tokens; ) {
        end = next;
        next = text.indexOf(' ', end + 1);
      }
      String passage = text.substring(start, end).strip();
      passages.add(passage + " the".repeat(tokens - counter.count(passage)));
      start = end;
    }
    return passages;
  }
}
