package dev.ragindex.embedder.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.tokens.WordPieceTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Files in a folder. A model may keep its weights in a file beside it, {@code NAME.onnx_data} or
 * {@code NAME.onnx.data}, which ONNX Runtime finds by itself.
 *
 * @param model the ONNX file
 * @param tokenizerFile the tokenizer.json
 */
record FolderFiles(Path model, Path tokenizerFile) implements ModelFiles {

  @Override
  public OrtSession load(OrtEnvironment environment, SessionOptions options) throws OrtException {
    return environment.createSession(model.toString(), options);
  }

  @Override
  public WordPieceTokenizer readTokenizer() {
    try (InputStream in = Files.newInputStream(tokenizerFile)) {
      return WordPieceTokenizer.read(in);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s cannot be used, only tokenizers of the BERT family can: %s"
              .formatted(tokenizerFile, e.getMessage()),
          e);
    } catch (IOException | UncheckedIOException e) {
      throw ModelFiles.failure(tokenizerFile + " cannot be read", e);
    }
  }

  @Override
  public Fingerprint modelFingerprint() {
    Fingerprint.Builder builder = Fingerprint.builder("onnx/1").add(fingerprint(model).toString());
    for (String suffix : new String[] {"_data", ".data"}) {
      Path weights = model.resolveSibling(model.getFileName() + suffix);
      if (Files.exists(weights)) {
        builder.add(fingerprint(weights).toString());
      }
    }
    return builder.build();
  }

  @Override
  public Fingerprint tokenizerFingerprint() {
    return fingerprint(tokenizerFile);
  }

  @Override
  public @Nullable Identity known() {
    return null;
  }

  private static Fingerprint fingerprint(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return Fingerprint.ofStream(in);
    } catch (IOException | UncheckedIOException e) {
      throw ModelFiles.failure(file + " cannot be read", e);
    }
  }
}
