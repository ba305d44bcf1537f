package dev.ragindex.embedder.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.Stage;
import dev.ragindex.tokens.WordPieceTokenizer;
import org.jspecify.annotations.Nullable;

/** Where a model and its tokenizer are. What cannot be read is an {@link IndexingException}. */
interface ModelFiles {

  OrtSession load(OrtEnvironment environment, SessionOptions options) throws OrtException;

  /** Reads the tokenizer; an {@link IllegalArgumentException} if it is of another sort. */
  WordPieceTokenizer readTokenizer();

  /** Hashes the model's bytes. */
  Fingerprint modelFingerprint();

  /** Hashes the tokenizer's bytes. */
  Fingerprint tokenizerFingerprint();

  /** What is known of these very files without reading them, or null. */
  @Nullable Identity known();

  /** Describes a failure to read. */
  static IndexingException failure(String message, @Nullable Throwable cause) {
    return new IndexingException(
        Stage.EMBED, IndexingException.Kind.INFRASTRUCTURE, message, cause);
  }
}
