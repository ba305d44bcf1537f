package dev.ragindex.core;

import dev.ragindex.api.SourceDocument;
import java.util.Locale;
import java.util.Map;

/**
 * How many tokens a document may have, by its size and the kind of file that its name tells.
 * Measured on files at hand with cl100k; one file may be off by several times, a folder by half.
 */
final class SizeEstimate {

  /** Plain text, Markdown, code, CSS: 3 to 5 in each of five sets. */
  private static final int TEXT = 4;

  /** 10 to 35 in nine sets of documentation, 19 in all of them; less is on the safe side. */
  private static final int HTML = 16;

  /** 15 and 18 in two files without pictures; less is on the safe side. */
  private static final int PDF = 14;

  private static final Map<String, Integer> BYTES_PER_TOKEN =
      Map.of("html", HTML, "htm", HTML, "xhtml", HTML, "pdf", PDF);

  private SizeEstimate() {}

  static long tokens(SourceDocument document) {
    String name = document.name();
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return Math.max(0, document.size()) / BYTES_PER_TOKEN.getOrDefault(extension, TEXT);
  }
}
