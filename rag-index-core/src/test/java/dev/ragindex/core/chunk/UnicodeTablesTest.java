package dev.ragindex.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
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
