package dev.ragindex.api;

import java.util.Comparator;

/**
 * Names a document for ever: the source it comes from and the key that source gives it (relative
 * path, primary key, URL). Title, path and permissions are metadata, never identity.
 *
 * @param source name of the source, 1 to 256 characters, no control characters
 * @param key key within the source, 1 to 8,192 characters; any text but U+0000 and lone surrogates
 */
public record DocumentId(String source, String key) implements Comparable<DocumentId> {

  private static final int MAX_SOURCE = 256;
  private static final int MAX_KEY = 8_192;
  private static final Comparator<DocumentId> ORDER =
      Comparator.comparing(DocumentId::source).thenComparing(DocumentId::key);

  /**
   * Checks both parts.
   *
   * @throws IllegalArgumentException if a part is empty, too long, or holds characters no store can
   *     keep
   */
  public DocumentId {
    requireSourceName(source);
    if (key.isEmpty() || key.length() > MAX_KEY) {
      throw new IllegalArgumentException(
          "a key has 1 to " + MAX_KEY + " characters, this one has " + key.length());
    }
    if (!CanonicalText.isClean(key)) {
      throw new IllegalArgumentException(
          "a key holds neither U+0000 nor lone surrogates: " + CanonicalText.clean(key));
    }
  }

  /**
   * Checks a source name.
   *
   * @param name the name to check
   * @return the name
   * @throws IllegalArgumentException if it is empty, too long or holds control characters
   */
  public static String requireSourceName(String name) {
    if (name.isBlank() || name.length() > MAX_SOURCE) {
      throw new IllegalArgumentException(
          "a source name has 1 to " + MAX_SOURCE + " characters, not all blank: '" + name + "'");
    }
    if (!CanonicalText.isClean(name) || hasControl(name)) {
      throw new IllegalArgumentException(
          "a source name holds no control characters: '" + CanonicalText.clean(name) + "'");
    }
    return name;
  }

  private static boolean hasControl(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (Character.isISOControl(name.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** Orders by source, then key, both by UTF-16 units. */
  @Override
  public int compareTo(DocumentId other) {
    return ORDER.compare(this, other);
  }

  /** Returns {@code source:key}. */
  @Override
  public String toString() {
    return source + ":" + key;
  }
}
