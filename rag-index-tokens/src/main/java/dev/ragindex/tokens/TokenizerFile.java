package dev.ragindex.tokens;

import dev.ragindex.api.Fingerprint;
import dev.ragindex.tokens.AddedTokens.AddedToken;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a Hugging Face tokenizer.json of the BERT family says. Its {@code truncation}, {@code
 * padding} and {@code decoder} are of no concern; anything else that is not understood is refused.
 *
 * @param options the normaliser's settings
 * @param vocabulary id by piece
 * @param unknown the piece that stands for a word that cannot be cut
 * @param continuingPrefix what marks a piece that continues a word
 * @param longestWord most code points of a word that is cut
 * @param addedTokens tokens recognised in the bare text
 * @param before ids of the special tokens before a text
 * @param after ids of the special tokens after a text
 */
record TokenizerFile(
    BertOptions options,
    Map<String, Integer> vocabulary,
    String unknown,
    String continuingPrefix,
    int longestWord,
    List<AddedToken> addedTokens,
    List<Integer> before,
    List<Integer> after) {

  /** Above this a word no longer has bounded cost; BERT has 100. */
  private static final int MAX_LONGEST_WORD = 10_000;

  TokenizerFile {
    if (!vocabulary.containsKey(unknown)) {
      throw unsupported("model.unk_token", unknown + ", which the vocabulary lacks");
    }
    if (longestWord < 1 || longestWord > MAX_LONGEST_WORD) {
      throw unsupported("model.max_input_chars_per_word", longestWord);
    }
    // Not Map.copyOf: its linear probing takes seconds where the hashes of pieces run in sequence.
    vocabulary = Collections.unmodifiableMap(new HashMap<>(vocabulary));
    addedTokens = List.copyOf(addedTokens);
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  static TokenizerFile read(InputStream in) {
    Json file = Json.read(in);
    type(file.object("pre_tokenizer"), "BertPreTokenizer");
    Json model = type(file.object("model"), "WordPiece");
    List<Integer> before = new ArrayList<>();
    List<Integer> after = new ArrayList<>();
    specialTokens(file.objectOrNull("post_processor"), before, after);
    return new TokenizerFile(
        options(type(file.object("normalizer"), "BertNormalizer")),
        model.integers("vocab"),
        model.string("unk_token"),
        model.string("continuing_subword_prefix"),
        model.integer("max_input_chars_per_word"),
        file.objects("added_tokens").stream().map(TokenizerFile::addedToken).toList(),
        before,
        after);
  }

  /** Hashes all that decides how a text is cut, special tokens around it aside. */
  Fingerprint fingerprint() {
    Fingerprint.Builder builder =
        Fingerprint.builder("wordpiece/1")
            .add(options.toString())
            .add(unknown)
            .add(continuingPrefix)
            .add(longestWord)
            .add(addedTokens.size());
    addedTokens.forEach(token -> builder.add(token.content()).add(token.id()));
    vocabulary.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> builder.add(entry.getKey()).add(entry.getValue()));
    return builder.build();
  }

  private static BertOptions options(Json normalizer) {
    boolean lowerCase = normalizer.flag("lowercase", true);
    return new BertOptions(
        normalizer.flag("clean_text", true),
        normalizer.flag("handle_chinese_chars", true),
        normalizer.flag("strip_accents", lowerCase),
        lowerCase);
  }

  private static AddedToken addedToken(Json token) {
    for (String flag : List.of("single_word", "lstrip", "rstrip", "normalized")) {
      if (token.flag(flag, false)) {
        throw unsupported(token.path() + "." + flag, true);
      }
    }
    return new AddedToken(token.string("content"), token.integer("id"));
  }

  private static void specialTokens(
      @Nullable Json processor, List<Integer> before, List<Integer> after) {
    if (processor == null) {
      return;
    }
    switch (processor.string("type")) {
      case "TemplateProcessing" -> template(processor, before, after);
      case "BertProcessing" -> {
        before.add(processor.numberOfPair("cls"));
        after.add(processor.numberOfPair("sep"));
      }
      case String other -> throw unsupported("post_processor.type", other);
    }
  }

  private static void template(Json processor, List<Integer> before, List<Integer> after) {
    Json special = processor.object("special_tokens");
    List<Integer> side = before;
    for (Json step : processor.objects("single")) {
      Json token = step.objectOrNull("SpecialToken");
      if (token != null) {
        side.add(special.object(token.string("id")).onlyInteger("ids"));
      } else {
        step.object("Sequence");
        side = after;
      }
    }
  }

  private static Json type(Json object, String wanted) {
    String found = object.string("type");
    if (!found.equals(wanted)) {
      throw unsupported(object.path() + ".type", found + " instead of " + wanted);
    }
    return object;
  }

  private static IllegalArgumentException unsupported(String path, Object found) {
    return new IllegalArgumentException(
        "tokenizer.json: \"%s\" is %s, which is not supported".formatted(path, found));
  }
}
