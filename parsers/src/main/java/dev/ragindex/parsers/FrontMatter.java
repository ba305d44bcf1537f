package dev.ragindex.parsers;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * YAML between two lines of dashes at the top of a Markdown file.
 *
 * @param end offset after the closing line, 0 if there is no front matter
 * @param title value of its key {@code title}, or null
 */
record FrontMatter(int end, @Nullable String title) {

  private static final FrontMatter ABSENT = new FrontMatter(0, null);
  private static final Pattern KEY = Pattern.compile("^[A-Za-z0-9_-]{1,100}:(\\s|$)");
  private static final Pattern TITLE = Pattern.compile("^title:\\s*(\\S.*)$");

  static FrontMatter of(String text) {
    Line first = Line.at(text, 0);
    if (!contains(text, first, "---")) {
      return ABSENT;
    }
    String title = null;
    boolean keyed = false;
    for (Line line = first.next(text); line.exists(); line = line.next(text)) {
      if (contains(text, line, "---") || contains(text, line, "...")) {
        return keyed ? new FrontMatter(line.textEnd(), title) : ABSENT;
      }
      String words = text.substring(line.start(), line.textEnd());
      keyed |= KEY.matcher(words).find();
      title = title == null ? titleIn(words) : title;
    }
    return ABSENT;
  }

  private static boolean contains(String text, Line line, String mark) {
    return line.width() == mark.length() && text.startsWith(mark, line.start());
  }

  private static @Nullable String titleIn(String line) {
    Matcher matcher = TITLE.matcher(line);
    return matcher.matches() ? unquoted(matcher.group(1)) : null;
  }

  private static String unquoted(String value) {
    char quote = value.charAt(0);
    boolean quoted =
        value.length() > 1
            && (quote == '"' || quote == '\'')
            && value.charAt(value.length() - 1) == quote;
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
