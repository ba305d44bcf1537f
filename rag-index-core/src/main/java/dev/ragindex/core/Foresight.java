package dev.ragindex.core;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Fingerprint;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Counts what would be done, and drops what would be written. Thread-safe. */
final class Foresight implements Sink {

  private final Tally tally;
  private final Map<DocumentId, Seen> seen = new ConcurrentHashMap<>();

  /**
   * What a change was decided on.
   *
   * @param content fingerprint of the content
   * @param tokens tokens that embedding it takes
   */
  record Seen(Fingerprint content, long tokens) {}

  Foresight(Tally tally) {
    this.tally = tally;
  }

  @Override
  public void add(Outcome outcome) {
    Fingerprint content = outcome.content();
    if (content != null) {
      seen.put(outcome.document(), new Seen(content, outcome.tokens()));
    }
    tally.tokens(outcome.tokens());
    outcome.effect().accept(tally);
  }

  @Override
  public boolean failed() {
    return false;
  }

  @Override
  public void requireSound() {}

  /** What the change of a document was decided on; null for a deletion. */
  @Nullable Seen of(DocumentId document) {
    return seen.get(document);
  }
}
