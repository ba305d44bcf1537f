package dev.ragindex.benchmarks.chunking;

import java.util.Locale;

/** How numbers are written. */
final class Numbers {

  private Numbers() {}

  static String oneDigit(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }

  static String twoDigits(double number) {
    return String.format(Locale.ROOT, "%.2f", number);
  }

  static String percent(double share) {
    return oneDigit(100 * share);
  }

  static String verdict(boolean met) {
    return met ? "met" : "missed";
  }
}
