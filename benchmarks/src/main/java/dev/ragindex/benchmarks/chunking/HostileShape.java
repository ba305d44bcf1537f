package dev.ragindex.benchmarks.chunking;

import dev.ragindex.api.Block;
import dev.ragindex.api.Document;
import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Metadata;
import java.util.List;
import java.util.Random;

/** Texts on which chunkers of other libraries take quadratic time or run out of stack. */
public enum HostileShape {
  /** Words, and no line break. */
  ONE_LINE("words in one line"),
  /** One letter again and again. */
  LETTERS("one letter"),
  /** White space without a line break. */
  SPACES("spaces"),
  /** Line breaks and nothing else. */
  NEWLINES("newlines"),
  /** What ends sentences, and none. */
  DOTS("dots"),
  /** A word without end. */
  BASE64("base64"),
  /** A program in one line. */
  JAVASCRIPT("minified JavaScript");

  private static final String DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  private static final int LETTERS_OF_WORDS = 26;
  private static final long SEED = 7;

  private final String title;

  HostileShape(String title) {
    this.title = title;
  }

  /**
   * Its name in a table.
   *
   * @return a few words
   */
  public String title() {
    return title;
  }

  /**
   * A document of one block; a letter at either end, as a blank one would not be cut at all.
   *
   * @param characters its length
   * @return the document, the same for the same length
   */
  public Document document(int characters) {
    Random random = new Random(SEED);
    StringBuilder text = new StringBuilder(characters).append('x');
    while (text.length() < characters - 1) {
      text.append(piece(random));
    }
    text.setLength(characters - 1);
    text.append('x');
    return new Document(
        new DocumentId("figures", name()),
        text.toString(),
        text.length(),
        List.of(new Block(Block.Kind.PARAGRAPH, Block.Layer.BODY, 0, text.length(), 0, 0)),
        null,
        "text/plain",
        Metadata.EMPTY,
        List.of());
  }

  private String piece(Random random) {
    return switch (this) {
      case ONE_LINE -> word(random) + " ";
      case LETTERS -> "a";
      case SPACES -> " ";
      case NEWLINES -> "\n";
      case DOTS -> ".";
      case BASE64 -> String.valueOf(DIGITS.charAt(random.nextInt(DIGITS.length())));
      case JAVASCRIPT -> statement(random);
    };
  }

  private static String statement(Random random) {
    String name = word(random);
    return "function %s(e,t){var n=e[%d]||{};return n.%s?t(n.%s,%d):!1}%s(%s);"
        .formatted(
            name,
            random.nextInt(1000),
            word(random),
            word(random),
            random.nextInt(10),
            name,
            word(random));
  }

  private static String word(Random random) {
    StringBuilder word = new StringBuilder();
    for (int i = 2 + random.nextInt(8); i > 0; i--) {
      word.append((char) ('a' + random.nextInt(LETTERS_OF_WORDS)));
    }
    return word.toString();
  }
}
