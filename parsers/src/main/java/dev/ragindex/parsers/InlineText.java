package dev.ragindex.parsers;

/**
 * Gathers the running text of one block as a browser would show it: runs of white space become one
 * space, invisible hyphenation and joining marks go, leading and trailing space goes. The set of
 * characters is written down here, so that another JDK gives the same text.
 */
final class InlineText {

  private final StringBuilder text = new StringBuilder();
  private boolean spacePending;

  void append(CharSequence more) {
    append(more, 0, more.length());
  }

  void append(CharSequence more, int start, int end) {
    for (int i = start; i < end; i++) {
      append(more.charAt(i));
    }
  }

  void append(char c) {
    if (isSpace(c)) {
      spacePending = true;
    } else if (!isInvisible(c)) {
      if (spacePending && !text.isEmpty() && !endsWithLineBreak()) {
        text.append(' ');
      }
      spacePending = false;
      text.append(c);
    }
  }

  void space() {
    spacePending = true;
  }

  /** A line break that is meant, such as {@code <br>}. */
  void lineBreak() {
    if (!text.isEmpty()) {
      text.append('\n');
    }
    spacePending = false;
  }

  boolean endsWithLineBreak() {
    return !text.isEmpty() && text.charAt(text.length() - 1) == '\n';
  }

  int length() {
    return text.length();
  }

  /** Returns what was gathered, without line breaks at its end, and starts anew. */
  String take() {
    while (endsWithLineBreak()) {
      text.setLength(text.length() - 1);
    }
    String taken = text.toString();
    text.setLength(0);
    spacePending = false;
    return taken;
  }

  static String collapse(CharSequence text) {
    InlineText inline = new InlineText();
    inline.append(text);
    return inline.take();
  }

  private static boolean isSpace(char c) {
    return switch (c) {
      case ' ', '\t', '\n', '\u000B', '\f', '\r', '\u0085', '\u00A0', '\u1680' -> true;
      case '\u2028', '\u2029', '\u202F', '\u205F', '\u3000' -> true;
      default -> c >= '\u2000' && c <= '\u200A';
    };
  }

  /** Soft hyphen, zero-width space and byte order mark. */
  private static boolean isInvisible(char c) {
    return c == '\u00AD' || c == '\u200B' || c == '\uFEFF';
  }
}
