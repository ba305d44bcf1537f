package dev.ragindex.app;

import java.io.PrintStream;
import java.util.Locale;

/**
 * Text for people. Control characters in values are shown, never sent: a file name must not be able
 * to steer the terminal or break a line.
 */
final class Page {

  private final PrintStream out;

  Page(PrintStream out) {
    this.out = out;
  }

  /** Prints a line; {@code format} as for {@link String#format}, numbers in English notation. */
  void line(String format, Object... values) {
    Object[] shown = new Object[values.length];
    for (int i = 0; i < values.length; i++) {
      shown[i] = values[i] instanceof String text ? visible(text) : values[i];
    }
    out.println(String.format(Locale.ROOT, format, shown));
  }

  /** Prints an empty line. */
  void gap() {
    out.println();
  }

  /** Makes control characters visible. */
  static String visible(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints().forEach(c -> append(shown, c));
    return shown.toString();
  }

  private static void append(StringBuilder shown, int c) {
    switch (c) {
      case '\n' -> shown.append("\\n");
      case '\r' -> shown.append("\\r");
      case '\t' -> shown.append("\\t");
      default -> {
        int type = Character.getType(c);
        if (type == Character.CONTROL || type == Character.FORMAT || type == Character.SURROGATE) {
          shown.append(String.format(Locale.ROOT, "\\u%04x", c));
        } else {
          shown.appendCodePoint(c);
        }
      }
    }
  }
}
