package dev.ragindex.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CharacterClassTest {

  private static final int JDK_WITH_UNICODE_16 = 25;

  /** A platform of an older Unicode version does not know all characters: those are left out. */
  @Test
  void classes_are_those_of_the_platform_for_characters_it_knows() {
    boolean platformKnowsMore = Runtime.version().feature() > JDK_WITH_UNICODE_16;

    List<String> wrong =
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
            .filter(c -> CharacterClass.of(c) != onThisPlatform(c))
            .filter(c -> Character.isDefined(c) && !platformKnowsMore)
            .mapToObj(Integer::toHexString)
            .toList();

    assertThat(wrong).isEmpty();
  }

  @Test
  void a_pair_of_surrogates_is_one_character() {
    assertThat(CharacterClass.at("\uD801\uDC00".toCharArray(), 0)).isEqualTo(CharacterClass.UPPER);
    assertThat(CharacterClass.at("\uD83D\uDE00".toCharArray(), 0)).isEqualTo(CharacterClass.OTHER);
  }

  /** A text without the characters that the platform takes for something else. */
  static String knownToThePlatform(String text) {
    return text.codePoints()
        .map(c -> CharacterClass.of(c) == onThisPlatform(c) ? c : '\uFFFD')
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  private static byte onThisPlatform(int codePoint) {
    return switch (codePoint) {
      case '\r', '\n' -> CharacterClass.NEWLINE;
      case '\t', 0x0B, '\f', ' ', 0x85, 0xA0, 0x202F, 0x2007 -> CharacterClass.SPACE;
      default -> byCategory(codePoint);
    };
  }

  private static byte byCategory(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
          CharacterClass.SPACE;
      case Character.UPPERCASE_LETTER, Character.TITLECASE_LETTER -> CharacterClass.UPPER;
      case Character.LOWERCASE_LETTER -> CharacterClass.LOWER;
      case Character.MODIFIER_LETTER, Character.OTHER_LETTER -> CharacterClass.CASELESS;
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK ->
          CharacterClass.MARK;
      case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER ->
          CharacterClass.NUMBER;
      case Character.SURROGATE -> CharacterClass.SURROGATE;
      default -> CharacterClass.OTHER;
    };
  }
}
