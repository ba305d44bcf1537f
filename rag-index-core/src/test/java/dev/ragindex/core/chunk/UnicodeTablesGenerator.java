package dev.ragindex.core.chunk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the tables of {@link UnicodeTables} anew from the Unicode Character Database. Its argument
 * is a folder with the database's {@code UnicodeData.txt}, {@code DerivedCoreProperties.txt} and
 * {@code emoji/emoji-data.txt}: unpacked from https://www.unicode.org/Public/16.0.0/ucd/UCD.zip, or
 * {@code /usr/share/unicode} where Debian's package {@code unicode-data} has the wanted version.
 * What it prints stands in the source, table by table.
 */
final class UnicodeTablesGenerator {

  private static final int RADIX = 36;
  private static final int LINE = 87;
  private static final Pattern PROPERTY =
      Pattern.compile("([0-9A-F]+)(?:\\.\\.([0-9A-F]+))? *; *(\\w+).*");

  private final Path folder;

  UnicodeTablesGenerator(Path folder) {
    this.folder = folder;
  }

  /**
   * Prints the tables.
   *
   * @param folder the database
   */
  public static void main(String[] folder) throws IOException {
    if (folder.length != 1) {
      throw new IllegalArgumentException("usage: UnicodeTablesGenerator UCD_FOLDER");
    }
    UnicodeTablesGenerator tables = new UnicodeTablesGenerator(Path.of(folder[0]));
    print("LETTERS", tables.letters());
    print("LOWER_CASE", tables.lowerCase());
    print("MARKS", tables.marks());
    print("CONTROLS", tables.controls());
    print("PICTOGRAPHS", tables.pictographs());
  }

  private static void print(String name, BitSet set) {
    System.out.println(name);
    lines(set).forEach(System.out::println);
  }

  BitSet letters() throws IOException {
    return category(category -> category.startsWith("L"));
  }

  BitSet lowerCase() throws IOException {
    return property("DerivedCoreProperties.txt", "Lowercase");
  }

  BitSet marks() throws IOException {
    return category(category -> category.startsWith("M"));
  }

  BitSet controls() throws IOException {
    return category(List.of("Cc", "Cf", "Cs", "Zl", "Zp")::contains);
  }

  BitSet pictographs() throws IOException {
    return property("emoji/emoji-data.txt", "Extended_Pictographic");
  }

  /** Of a range, the database lists the first and the last. */
  private BitSet category(Predicate<String> wanted) throws IOException {
    BitSet set = new BitSet();
    int first = -1;
    for (String line : lines("UnicodeData.txt")) {
      String[] fields = line.split(";", 4);
      int codePoint = Integer.parseInt(fields[0], 16);
      boolean last = fields[1].endsWith(", Last>");
      if (wanted.test(fields[2])) {
        set.set(last ? first : codePoint, codePoint + 1);
      }
      first = codePoint;
    }
    return set;
  }

  private BitSet property(String file, String name) throws IOException {
    BitSet set = new BitSet();
    for (String line : lines(file)) {
      Matcher matcher = PROPERTY.matcher(line);
      if (matcher.matches() && matcher.group(3).equals(name)) {
        int first = Integer.parseInt(matcher.group(1), 16);
        int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2), 16);
        set.set(first, last + 1);
      }
    }
    return set;
  }

  private List<String> lines(String file) throws IOException {
    return Files.readAllLines(folder.resolve(file), StandardCharsets.UTF_8);
  }

  /** The notation of the source. */
  static List<String> lines(BitSet set) {
    StringBuilder ranges = new StringBuilder();
    int lineStart = 0;
    int end = 0;
    for (int start = set.nextSetBit(0); start >= 0; start = set.nextSetBit(end)) {
      int next = set.nextClearBit(start);
      String range = Integer.toString(start - end, RADIX) + length(next - start);
      boolean fits = ranges.length() - lineStart + 1 + range.length() <= LINE;
      ranges.append(ranges.isEmpty() ? "" : fits ? " " : "\n");
      lineStart = fits ? lineStart : ranges.length();
      ranges.append(range);
      end = next;
    }
    return ranges.toString().lines().toList();
  }

  private static String length(int length) {
    return length == 1 ? "" : "+" + Integer.toString(length - 1, RADIX);
  }
}
