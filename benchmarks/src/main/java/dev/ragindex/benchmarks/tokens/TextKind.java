package dev.ragindex.benchmarks.tokens;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Kinds of text, of which tokens are counted. */
public enum TextKind {
  /** Prose. */
  ENGLISH('a', 26),
  /** Documentation with markup. */
  MARKDOWN('a', 26),
  /** What a parser made of web pages. */
  HTML('a', 26),
  /** Programs. */
  CODE('a', 26),
  /** Chinese prose. */
  CHINESE('\u4E00', 3_000);

  private static final int LONGEST = 4_000_000;
  private static final int MADE_UP = 20_000;
  private static final long SEED = 42;

  private final char firstLetter;
  private final int letters;

  TextKind(char firstLetter, int letters) {
    this.firstLetter = firstLetter;
    this.letters = letters;
  }

  /**
   * A text of this kind: the files below the folder of its name, in lower case, within the folder
   * that the system property {@code texts} names. Without that property it is made-up words, which
   * show that a benchmark runs and nothing else.
   */
  String text() {
    String folder = System.getProperty("texts");
    return folder == null ? madeUp() : read(Path.of(folder, name().toLowerCase(Locale.ROOT)));
  }

  private static String read(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      String text =
          files
              .filter(Files::isRegularFile)
              .sorted()
              .map(TextKind::readFile)
              .collect(Collectors.joining("\n"));
      return text.substring(0, Math.min(text.length(), LONGEST));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String readFile(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " is no UTF-8 text that can be read", e);
    }
  }

  private String madeUp() {
    Random random = new Random(SEED);
    StringBuilder text = new StringBuilder();
    while (text.length() < MADE_UP) {
      for (int i = random.nextInt(10); i >= 0; i--) {
        text.append((char) (firstLetter + random.nextInt(letters)));
      }
      text.append(random.nextInt(10) == 0 ? ", " : " ");
    }
    return text.toString();
  }
}
