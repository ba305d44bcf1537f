package dev.ragindex.core.source;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern for keys: {@code *} and {@code ?} match within one name, {@code **} across names,
 * {@code [a-z]} one of several characters, <code>{a,b}</code> one of several texts. A pattern
 * without {@code /} matches a name at any depth, as in .gitignore; one with it starts at the root.
 */
final class Glob {

  private final Pattern pattern;

  private Glob(Pattern pattern) {
    this.pattern = pattern;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException if brackets or braces do not close
   */
  static Glob of(String glob) {
    String rooted = glob.startsWith("/") ? glob.substring(1) : glob;
    String prefix = glob.contains("/") ? "" : "(?:.*/)?";
    try {
      return new Glob(Pattern.compile(prefix + regex(rooted), Pattern.DOTALL));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("not a glob: '" + glob + "'", e);
    }
  }

  /** Says whether a key, or a folder's key without its last slash, matches. */
  boolean matches(String key) {
    return pattern.matcher(key).matches();
  }

  private static String regex(String glob) {
    StringBuilder regex = new StringBuilder();
    int braces = 0;
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      switch (c) {
        case '*' -> {
          if (glob.startsWith("**/", i)) {
            regex.append("(?:.*/)?");
            i += 2;
          } else if (glob.startsWith("**", i)) {
            regex.append(".*");
            i++;
          } else {
            regex.append("[^/]*");
          }
        }
        case '?' -> regex.append("[^/]");
        case '[' -> {
          int end = glob.indexOf(']', i + 2);
          if (end < 0) {
            throw new IllegalArgumentException("'[' does not close: '" + glob + "'");
          }
          String set = glob.substring(i + 1, end).replace("\\", "\\\\").replace("[", "\\[");
          regex.append('[').append(set.startsWith("!") ? "^" + set.substring(1) : set);
          regex.append("&&[^/]]");
          i = end;
        }
        case '{' -> {
          braces++;
          regex.append("(?:");
        }
        case '}' -> {
          braces--;
          regex.append(')');
        }
        case ',' -> regex.append(braces > 0 ? "|" : ",");
        case '\\' -> {
          i = Math.min(i + 1, glob.length() - 1);
          regex.append(Pattern.quote(String.valueOf(glob.charAt(i))));
        }
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    if (braces != 0) {
      throw new IllegalArgumentException("'{' and '}' do not pair: '" + glob + "'");
    }
    return regex.toString();
  }
}
