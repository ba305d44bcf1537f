package dev.ragindex.tokens;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What BERT's reference tokenizer takes a character for. Its categories are frozen in the file
 * {@code bert-categories.txt}; the platform's Unicode tables decide two things only, lower case and
 * canonical decomposition, and those never change for a character once it is assigned.
 */
final class BertCategories {

  private static final int[][] IDEOGRAPHS = {
    {0x4E00, 0x9FFF}, {0x3400, 0x4DBF}, {0x20000, 0x2A6DF}, {0x2A700, 0x2B73F},
    {0x2B740, 0x2B81F}, {0x2B920, 0x2CEAF}, {0xF900, 0xFAFF}, {0x2F800, 0x2FA1F}
  };

  /** Last code point by first, by category. */
  private final Map<String, NavigableMap<Integer, Integer>> ranges = new HashMap<>();

  BertCategories() {
    try (InputStream in = BertCategories.class.getResourceAsStream("bert-categories.txt")) {
      if (in == null) {
        throw new IllegalStateException("bert-categories.txt is missing beside this class");
      }
      new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(this::add);
    } catch (IOException e) {
      throw new UncheckedIOException("bert-categories.txt cannot be read", e);
    }
  }

  /** Control, format and private-use characters, without those that are white space. */
  boolean isOther(int codePoint) {
    return is("other", codePoint);
  }

  /** Non-spacing marks. */
  boolean isMark(int codePoint) {
    return is("mark", codePoint);
  }

  /** Punctuation, and ASCII symbols. */
  boolean isPunctuation(int codePoint) {
    return is("punctuation", codePoint);
  }

  /** Unicode's property White_Space, closed since Unicode 6.3. */
  boolean isWhitespace(int codePoint) {
    return switch (codePoint) {
      case 0x20, 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000 -> true;
      default ->
          (codePoint >= 0x09 && codePoint <= 0x0D) || (codePoint >= 0x2000 && codePoint <= 0x200A);
    };
  }

  /** Blocks of Chinese ideographs; the gap before U+2B920 is in BERT's own code. */
  boolean isIdeograph(int codePoint) {
    for (int[] block : IDEOGRAPHS) {
      if (codePoint >= block[0] && codePoint <= block[1]) {
        return true;
      }
    }
    return false;
  }

  /** The canonical decomposition of one character. */
  String decompose(int codePoint) {
    String text = Character.toString(codePoint);
    return is("undecomposed", codePoint) ? text : Normalizer.normalize(text, Normalizer.Form.NFD);
  }

  /** The full lower case of one character, whatever stands around it. */
  String lowerCase(int codePoint) {
    // The one character whose lower case is more than one (SpecialCasing.txt, unconditional).
    return codePoint == 0x130 ? "i\u0307" : Character.toString(Character.toLowerCase(codePoint));
  }

  private boolean is(String category, int codePoint) {
    NavigableMap<Integer, Integer> lastByFirst = ranges.getOrDefault(category, new TreeMap<>());
    Map.Entry<Integer, Integer> range = lastByFirst.floorEntry(codePoint);
    return range != null && codePoint <= range.getValue();
  }

  private void add(String line) {
    String[] parts = line.split(" ", -1);
    ranges
        .computeIfAbsent(parts[0], category -> new TreeMap<>())
        .put(Integer.parseInt(parts[1], 16), Integer.parseInt(parts[2], 16));
  }
}
