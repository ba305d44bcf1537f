package dev.ragindex.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The tables against the JDK that runs the test. An older one does not know all characters: those
 * are left out. A newer one knows more.
 */
class UnicodeTablesTest {

  private static final int JDK_WITH_UNICODE_16 = 25;

  record Table(String name, CodePoints codePoints, IntPredicate jdk) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Table> tables() {
    return List.of(
        new Table("letters", UnicodeTables.LETTERS, Character::isLetter),
        new Table("lower case", UnicodeTables.LOWER_CASE, Character::isLowerCase),
        new Table("marks", UnicodeTables.MARKS, c -> category(c).startsWith("M")),
        new Table(
            "controls",
            UnicodeTables.CONTROLS,
            c -> List.of("Cc", "Cf", "Cs", "Zl", "Zp").contains(category(c))),
        new Table("pictographs", UnicodeTables.PICTOGRAPHS, Character::isExtendedPictographic));
  }

  @ParameterizedTest
  @MethodSource("tables")
  void tables_agree_with_the_jdk(Table table) {
    boolean jdkKnowsMore = Runtime.version().feature() > JDK_WITH_UNICODE_16;

    List<String> wrong =
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
            .filter(c -> Character.getType(c) != Character.UNASSIGNED)
            .filter(c -> table.codePoints().contains(c) != table.jdk().test(c))
            .filter(c -> table.codePoints().contains(c) || !jdkKnowsMore)
            .mapToObj(Integer::toHexString)
            .toList();

    assertThat(wrong).isEmpty();
  }

  @Test
  void generator_reads_the_unicode_character_database(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("UnicodeData.txt"),
        """
        0000;<control>;Cc;
        0041;LATIN CAPITAL LETTER A;Lu;
        0301;COMBINING ACUTE ACCENT;Mn;
        4E00;<CJK Ideograph, First>;Lo;
        9FFF;<CJK Ideograph, Last>;Lo;
        """);
    Files.writeString(
        folder.resolve("DerivedCoreProperties.txt"),
        "# Derived\n0061..007A    ; Lowercase # L&\n00AA ; Lowercase # Lo\n00AB ; Other\n");
    Files.createDirectory(folder.resolve("emoji"));
    Files.writeString(
        folder.resolve("emoji/emoji-data.txt"), "00A9 ; Extended_Pictographic# E0.6\n");

    UnicodeTablesGenerator generator = new UnicodeTablesGenerator(folder);

    assertThat(generator.letters().stream().filter(c -> c < 0x4E02))
        .containsExactly(0x41, 0x4E00, 0x4E01);
    assertThat(generator.letters().stream().max()).hasValue(0x9FFF);
    assertThat(generator.marks().stream()).containsExactly(0x301);
    assertThat(generator.controls().stream()).containsExactly(0);
    assertThat(generator.pictographs().stream()).containsExactly(0xA9);
    assertThat(UnicodeTablesGenerator.lines(generator.lowerCase())).containsExactly("2p+p 1b");
  }

  @Test
  void generated_notation_gives_back_the_set() {
    BitSet set = new BitSet();
    new Random(1).ints(2_000, 0, 0x110000).forEach(set::set);

    List<String> lines = UnicodeTablesGenerator.lines(set);

    CodePoints decoded = CodePoints.decode(String.join("\n", lines));
    assertThat(IntStream.range(0, 0x110000).filter(decoded::contains))
        .containsExactlyElementsOf(set.stream().boxed().toList());
    assertThat(lines).hasSizeGreaterThan(1).allMatch(line -> line.length() < 90);
  }

  private static String category(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK -> "Mn";
      case Character.ENCLOSING_MARK -> "Me";
      case Character.COMBINING_SPACING_MARK -> "Mc";
      case Character.CONTROL -> "Cc";
      case Character.FORMAT -> "Cf";
      case Character.SURROGATE -> "Cs";
      case Character.LINE_SEPARATOR -> "Zl";
      case Character.PARAGRAPH_SEPARATOR -> "Zp";
      default -> "other";
    };
  }
}
