package dev.ragindex.core;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether deletions go through: all of them or none. Without a ceiling they are withheld
 * once they are more than 10 and more than 10 % of the source, or if the source lists nothing at
 * all.
 */
final class DeletionGuard {

  private static final int FREE = 10;
  private static final int PERCENT = 10;

  private DeletionGuard() {}

  /**
   * Why the deletions may not be carried out.
   *
   * @param deletions how many there are
   * @param documents how many documents the source had; asked only if it matters
   * @param empty whether the whole source was listed and nothing was there
   * @param ceiling most deletions that were allowed, null if nobody said so
   * @return the reason, or null if they may
   */
  static @Nullable Withheld objection(
      long deletions, LongSupplier documents, boolean empty, @Nullable Integer ceiling) {
    if (ceiling != null) {
      return deletions <= ceiling ? null : Withheld.CEILING;
    }
    if (deletions > 0 && empty) {
      return Withheld.EMPTY_LISTING;
    }
    boolean many = deletions > FREE && deletions * 100 > documents.getAsLong() * PERCENT;
    return many ? Withheld.MANY : null;
  }
}
