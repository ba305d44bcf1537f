package dev.ragindex.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Equality with jtokkit, which runs the published regular expressions. It takes characters for what
 * the platform's version of Unicode says: those for which that is not what 16.0 says are replaced.
 *
 * <p>{@code -Dtokens.data=FOLDER} adds the texts below a folder.
 */
class BytePairOracleTest {

  private static final int RANDOM_TEXTS = 10_000;
  private static final int HOSTILE_LENGTH = 20_000;

  enum Tokenizer {
    CL100K(BytePairCounter.cl100k(), EncodingType.CL100K_BASE),
    O200K(BytePairCounter.o200k(), EncodingType.O200K_BASE);

    private static final EncodingRegistry REGISTRY = Encodings.newLazyEncodingRegistry();

    private final BytePairCounter ours;
    private final EncodingType type;

    Tokenizer(BytePairCounter ours, EncodingType type) {
      this.ours = ours;
      this.type = type;
    }

    private void agreesOn(String text) {
      Encoding reference = REGISTRY.getEncoding(type);
      String known = CharacterClassTest.knownToThePlatform(text);

      assertThat(ours.count(known)).as(known).isEqualTo(reference.countTokensOrdinary(known));
    }
  }

  @ParameterizedTest
  @EnumSource
  void counts_the_texts_of_this_project_as_the_reference_does(Tokenizer tokenizer) {
    List<String> texts = ProjectTexts.below(Path.of(".."), ".java", ".md", ".txt", ".xml").toList();

    assertThat(texts).hasSizeGreaterThan(10).allSatisfy(tokenizer::agreesOn);
  }

  @ParameterizedTest
  @EnumSource
  void counts_a_folder_of_texts_as_the_reference_does(Tokenizer tokenizer) {
    assertThat(ProjectTexts.below(ProjectTexts.more(), ""))
        .isNotEmpty()
        .allSatisfy(tokenizer::agreesOn);
  }

  @ParameterizedTest
  @EnumSource
  void counts_random_texts_as_the_reference_does(Tokenizer tokenizer) {
    new RandomTexts(new Random(RandomTexts.seed()))
        .stream(RANDOM_TEXTS).forEach(tokenizer::agreesOn);
  }

  @ParameterizedTest
  @EnumSource
  void counts_hostile_mixtures_as_the_reference_does(Tokenizer tokenizer) {
    new HostileTexts(new Random(RandomTexts.seed()))
        .mixtures(RANDOM_TEXTS)
        .forEach(tokenizer::agreesOn);
  }

  @ParameterizedTest
  @EnumSource
  void counts_runs_of_symbols_as_the_reference_does(Tokenizer tokenizer) {
    new HostileTexts(new Random(RandomTexts.seed())).symbolRuns(3_000).forEach(tokenizer::agreesOn);
  }

  /** Where a counter that looks at thousands of characters at once must not cut. */
  @ParameterizedTest
  @EnumSource
  void counts_a_contraction_after_thousands_of_symbols_as_the_reference_does(Tokenizer tokenizer) {
    for (int symbols = 4_080; symbols <= 4_100; symbols++) {
      tokenizer.agreesOn("!".repeat(symbols) + " don't stop");
    }
  }

  @ParameterizedTest
  @EnumSource
  void counts_hostile_shapes_as_the_reference_does(Tokenizer tokenizer) {
    HostileTexts.repeated(HOSTILE_LENGTH).forEach(tokenizer::agreesOn);
    tokenizer.agreesOn(HostileTexts.word(new Random(RandomTexts.seed()), HOSTILE_LENGTH));
  }
}
