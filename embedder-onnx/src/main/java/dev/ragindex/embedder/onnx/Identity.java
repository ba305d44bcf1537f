package dev.ragindex.embedder.onnx;

import dev.ragindex.api.Fingerprint;
import dev.ragindex.tokens.WordPieceTokenizer;

/**
 * What follows from a model's files and is needed before anything is embedded.
 *
 * @param revision digest of the model, shortened
 * @param tokenizer digest of the tokenizer's file, shortened
 * @param counter name of the tokenizer's counter
 * @param specialTokens how many the tokenizer puts around a text
 * @param prefixTokens tokens of the longer prefix
 */
record Identity(
    String revision, String tokenizer, String counter, int specialTokens, int prefixTokens) {

  private static final int DIGITS = 16;

  /** Computes it by reading all files. */
  static Identity of(ModelFiles files, WordPieceTokenizer tokenizer, OnnxModel model) {
    return new Identity(
        digits(files.modelFingerprint()),
        digits(files.tokenizerFingerprint()),
        tokenizer.counter().name(),
        tokenizer.specialTokens(),
        Math.max(
            tokenizer.counter().count(model.documentPrefix()),
            tokenizer.counter().count(model.queryPrefix())));
  }

  private static String digits(Fingerprint fingerprint) {
    return fingerprint.toString().substring(0, DIGITS);
  }
}
