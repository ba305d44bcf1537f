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
import java.net.JarURLConnection;
import java.net.URL;
import java.util.jar.JarEntry;
import org.jspecify.annotations.Nullable;

/**
 * Files on the class path: {@code NAME.onnx} and {@code NAME-tokenizer.json}.
 *
 * <p>Hashing a model and reading a tokenizer takes half a second, which a run that embeds nothing
 * should not pay. So what follows from the files that this version was made with is written down
 * here, and holds if the jar's directory has the same lengths and CRCs; other files are read.
 *
 * @param name the model, as its files are called
 * @param artifact what to put on the class path to have the files
 * @param model the model file this version was made with
 * @param tokenizer the tokenizer file this version was made with
 * @param identity what follows from both
 */
record JarFiles(String name, String artifact, Entry model, Entry tokenizer, Identity identity)
    implements ModelFiles {

  /**
   * A file as a jar's directory describes it.
   *
   * @param size in bytes
   * @param crc its CRC-32
   */
  record Entry(long size, long crc) {}

  @Override
  public OrtSession load(OrtEnvironment environment, SessionOptions options) throws OrtException {
    return environment.createSession(read(modelFile(), InputStream::readAllBytes), options);
  }

  @Override
  public WordPieceTokenizer readTokenizer() {
    return read(tokenizerFile(), WordPieceTokenizer::read);
  }

  @Override
  public Fingerprint modelFingerprint() {
    return read(modelFile(), Fingerprint::ofStream);
  }

  @Override
  public Fingerprint tokenizerFingerprint() {
    return read(tokenizerFile(), Fingerprint::ofStream);
  }

  @Override
  public @Nullable Identity known() {
    boolean same = model.equals(entry(modelFile())) && tokenizer.equals(entry(tokenizerFile()));
    return same ? identity : null;
  }

  private String modelFile() {
    return name + ".onnx";
  }

  private String tokenizerFile() {
    return name + "-tokenizer.json";
  }

  /** What the jar's directory says, or null if the file is in no jar. */
  private @Nullable Entry entry(String file) {
    try {
      if (!(url(file).openConnection() instanceof JarURLConnection connection)) {
        return null;
      }
      JarEntry entry = connection.getJarEntry();
      return entry == null ? null : new Entry(entry.getSize(), entry.getCrc());
    } catch (IOException e) {
      throw ModelFiles.failure(file + " cannot be read from the class path", e);
    }
  }

  private <T> T read(String file, Reading<T> reading) {
    URL url = url(file);
    try (InputStream in = url.openStream()) {
      return reading.read(in);
    } catch (IOException | UncheckedIOException e) {
      throw ModelFiles.failure(file + " cannot be read from the class path", e);
    }
  }

  private URL url(String file) {
    URL url = JarFiles.class.getClassLoader().getResource(file);
    if (url == null) {
      throw ModelFiles.failure(file + " is not on the class path; add " + artifact, null);
    }
    return url;
  }

  /** What to make of a file. */
  private interface Reading<T> {
    T read(InputStream in) throws IOException;
  }
}
