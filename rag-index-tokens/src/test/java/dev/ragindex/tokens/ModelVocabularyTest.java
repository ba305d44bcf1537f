package dev.ragindex.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Equality with the reference on the tokenizer files of real models. */
class ModelVocabularyTest {

  private static final int RANDOM_TEXTS = 5_000;

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "The quick brown fox jumps over the lazy dog.",
          "Don't panic: it's 3.14159, isn't it? (unbelievable antidisestablishmentarianism)",
          "for (int i = 0; i < n; i++) { xs[i] += *p++ ^ 0xFF; } // <T extends Foo<? super T>>",
          "def f(self, **kwargs) -> Dict[str, Any]:\n"
              + "\treturn {k: v for k, v in kwargs.items()}\r\n",
          "中文分词很有趣。東京タワーへ行きました、カタカナとひらがな。한국어 문장입니다.",
          "𠀀𠀁 𪜀 豈更車 \uF900\uFA0E 丽 㐀",
          "مرحبا بالعالم، كيف حالك؟ مُحَمَّد",
          "नमस्ते दुनिया। क्षत्रिय हिन्दी",
          "สวัสดีชาวโลก ภาษาไทยไม่มีช่องว่าง",
          "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🇩🇪 ☕️ 1️⃣ 🧑🏿‍🚀",
          "Ünïcödé façade naïve Ångström Straße ŒUVRE İstanbul ıI ΣΊΣΥΦΟΣ ǅ ﬁ Ⅷ",
          "a\u0000b\u0001c\u0007d\be\u000Bf\fg\u007Fh\u0085i\u009Fj",
          "line\u2028separator\u2029paragraph\uFEFFbom\u200Bzero\u200Cwidth\u200Djoiner\u2060word",
          "soft\u00ADhyphen\u00A0nbsp\u202Fnarrow\u3000ideographic\u180Emongolian\u1680ogham",
          "\uFFFD\uFFFC\uFFFE\uFFFF\uE000\uF8FF",
          "a".repeat(99) + " " + "a".repeat(100) + " " + "a".repeat(101) + " " + "a".repeat(5000),
          "é".repeat(100) + " " + "e\u0301".repeat(100) + " " + "e\u0301".repeat(101),
          "𝒜".repeat(100) + " " + "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 " + "ﷺ".repeat(101),
          "x" + "\u0301".repeat(500) + "y",
          "[CLS] [SEP][MASK]x[PAD] [UNK] [mask] [[SEP]] [CLS",
          "##ing un##ing #hash ## [unused1]",
          "https://example.org/a_b-c?d=e&f=%20#frag user@host.tld C:\\dir\\file.txt",
          "$100 €5 £7 ¥9 + < = > | ~ ` ^ ≠ ≮ ; \u037E \u0387 ´ ¨ «quote» „x“ – — … ¿ ¡",
          "١٢٣ ½ ² ₂ ① Ⅳ 〇 ㊗ ㍿",
          "\u0344\u0345 \u0F73 \u1100\u1161\u11A8 각 \u302E\u1B44 \u0F43");

  @ParameterizedTest
  @ValueSource(strings = {"all-minilm-l6-v2-q-tokenizer.json", "e5-small-v2-q-tokenizer.json"})
  void gives_the_ids_of_the_reference(String file) {
    try (Oracle oracle = Oracle.of(Oracle.resource(file))) {
      Stream<String> composedAndDecomposed =
          TEXTS.stream()
              .flatMap(
                  text ->
                      Stream.of(
                          text,
                          Normalizer.normalize(text, Normalizer.Form.NFD),
                          Normalizer.normalize(text, Normalizer.Form.NFC)));

      assertThat(composedAndDecomposed).allSatisfy(oracle::agreesOn);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"all-minilm-l6-v2-q-tokenizer.json", "e5-small-v2-q-tokenizer.json"})
  void gives_the_ids_of_the_reference_on_random_texts(String file) {
    RandomTexts texts = new RandomTexts(new Random(RandomTexts.seed()));
    try (Oracle oracle = Oracle.of(Oracle.resource(file))) {
      texts.stream(RANDOM_TEXTS).forEach(oracle::agreesOn);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"all-minilm-l6-v2-q-tokenizer.json", "e5-small-v2-q-tokenizer.json"})
  void gives_the_ids_of_the_reference_on_hostile_mixtures(String file) {
    HostileTexts texts = new HostileTexts(new Random(RandomTexts.seed()));
    try (Oracle oracle = Oracle.of(Oracle.resource(file))) {
      texts.mixtures(RANDOM_TEXTS).forEach(oracle::agreesOn);
    }
  }

  /** {@code -Dtokens.data=FOLDER} adds the texts below a folder. */
  @Test
  void gives_the_ids_of_the_reference_on_the_texts_of_this_project() {
    List<String> texts =
        Stream.concat(
                ProjectTexts.below(Path.of(".."), ".java", ".md", ".txt", ".xml"),
                ProjectTexts.below(ProjectTexts.more(), ""))
            .toList();
    try (Oracle oracle = Oracle.of(Oracle.resource("all-minilm-l6-v2-q-tokenizer.json"))) {
      assertThat(texts).hasSizeGreaterThan(10).allSatisfy(oracle::agreesOn);
    }
  }
}
