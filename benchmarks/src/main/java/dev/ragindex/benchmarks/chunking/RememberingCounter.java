package dev.ragindex.benchmarks.chunking;

import dev.ragindex.api.TokenCounter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts each text once: thousands of versions of a document differ in a sentence. Keeps all it has
 * counted; not for measuring time.
 */
final class RememberingCounter implements TokenCounter {

  private final TokenCounter counter;
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();

  RememberingCounter(TokenCounter counter) {
    this.counter = counter;
  }

  @Override
  public String name() {
    return counter.name();
  }

  @Override
  public int count(CharSequence text, int start, int end) {
    return counts.computeIfAbsent(text.subSequence(start, end).toString(), counter::count);
  }
}
