package dev.ragindex.app;

import java.util.Locale;
import java.util.StringJoiner;

/** A list such as "3 added, 120 unchanged" that leaves out what is none. */
final class Counts {

  private final StringJoiner parts = new StringJoiner(", ");

  /** Adds a count unless it is 0. */
  Counts add(long count, String what) {
    return count == 0 ? this : always(count, what);
  }

  /** Adds a count. */
  Counts always(long count, String what) {
    parts.add(String.format(Locale.ROOT, "%,d %s", count, what));
    return this;
  }

  @Override
  public String toString() {
    return parts.toString();
  }
}
