package dev.ragindex.tokens;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What the splitting rules of OpenAI's tokenizers take a character for, by Unicode 16.0 whatever
 * the version of the platform.
 *
 * <p>The file {@code character-classes.txt} has the classes of all code points in runs: a letter
 * for the class, then the number of code points to base 10, left out if it is 1.
 */
final class CharacterClass {

  /** None of the others: punctuation, symbols, control characters, what is not assigned. */
  static final byte OTHER = 0;

  /** White space, line ends left out. */
  static final byte SPACE = 1;

  /** Carriage return and line feed. */
  static final byte NEWLINE = 2;

  /** General category N. */
  static final byte NUMBER = 3;

  /** General categories Lu and Lt. */
  static final byte UPPER = 4;

  /** General category Ll. */
  static final byte LOWER = 5;

  /** General categories Lm and Lo. */
  static final byte CASELESS = 6;

  /** General category M. */
  static final byte MARK = 7;

  /** Half of a surrogate pair, in a table that is asked by UTF-16 unit. */
  static final byte SURROGATE = 8;

  /** What stands for each class in the file. */
  private static final String LETTERS = ".sndulomx";

  private static final byte[] CLASSES = read();

  private CharacterClass() {}

  /** The class of the code point that starts at an offset of a text without lone surrogates. */
  static int at(char[] text, int offset) {
    int found = CLASSES[text[offset]];
    return found == SURROGATE
        ? CLASSES[Character.toCodePoint(text[offset], text[offset + 1])]
        : found;
  }

  /** The class of a code point. */
  static int of(int codePoint) {
    return CLASSES[codePoint];
  }

  private static byte[] read() {
    try (InputStream in = CharacterClass.class.getResourceAsStream("character-classes.txt")) {
      if (in == null) {
        throw new IllegalStateException("character-classes.txt is missing beside this class");
      }
      return decode(new String(in.readAllBytes(), StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException("character-classes.txt cannot be read", e);
    }
  }

  private static byte[] decode(String runs) {
    byte[] classes = new byte[Character.MAX_CODE_POINT + 1];
    int codePoint = 0;
    for (int at = 0; at < runs.length(); ) {
      byte kind = (byte) LETTERS.indexOf(runs.charAt(at++));
      int length = 0;
      for (; at < runs.length() && runs.charAt(at) <= '9' && runs.charAt(at) >= '0'; at++) {
        length = length * 10 + runs.charAt(at) - '0';
      }
      if (kind >= 0) {
        int end = codePoint + Math.max(length, 1);
        Arrays.fill(classes, codePoint, end, kind);
        codePoint = end;
      }
    }
    return classes;
  }
}
