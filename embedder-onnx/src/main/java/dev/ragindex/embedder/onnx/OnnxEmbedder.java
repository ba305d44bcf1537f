package dev.ragindex.embedder.onnx;

import dev.ragindex.api.Embedder;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.Signature;
import dev.ragindex.api.Stage;
import dev.ragindex.api.TokenCounter;
import dev.ragindex.tokens.WordPieceTokenizer;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Embeds texts with a model that runs inside this process, offline, on ONNX Runtime.
 *
 * <p>One session serves all threads; each run embeds one text on the calling thread. Equal texts
 * give equal vectors, whatever runs beside them. As many calls at once as there are processors
 * ({@link Limits#callsInFlight}) use the machine fully; batches would be slower, for their padding.
 * A text is never truncated: one beyond the model's limit is refused.
 *
 * <table>
 *   <caption>Models, all of 384 dimensions, quantised to 8 bits</caption>
 *   <tr><th>Model</th><th>Tokens</th><th>Pooling</th><th>Prefixes</th></tr>
 *   <tr><td>{@link #miniLm}</td><td>256</td><td>mean</td><td>none</td></tr>
 *   <tr><td>{@link #bgeSmall}</td><td>512</td><td>CLS</td><td>query</td></tr>
 *   <tr><td>{@link #e5Small}</td><td>512</td><td>mean</td><td>query and document</td></tr>
 * </table>
 *
 * <p>The tokens include the special tokens and the prefix; {@link Limits#tokensPerText} is what
 * then remains for a document or a query, whichever has the longer prefix. Vectors have length 1,
 * so that their dot product is the cosine.
 *
 * <pre>{@code
 * try (OnnxEmbedder embedder = OnnxEmbedder.miniLm()) {
 *   List<float[]> vectors = embedder.embed(List.of("Employees have 30 days of leave."));
 *   float[] query = embedder.embedQuery("How many days of leave?");
 * }
 * }</pre>
 *
 * <p>Creating one costs nothing: tokenizer, signature and session are loaded when first needed.
 * Thread-safe; {@link #close} waits for the runs in flight.
 */
public final class OnnxEmbedder implements Embedder {

  private static final int ALGORITHM_VERSION = 1;
  private static final int HASH_DIGITS = 16;

  private final OnnxModel model;
  private final Lazy<WordPieceTokenizer> tokenizer;
  private final Lazy<Signature> signature;
  private final Lazy<ModelSession> session;

  /** Shared by runs, exclusive for closing. */
  private final ReadWriteLock use = new ReentrantReadWriteLock();

  private boolean closed;

  private OnnxEmbedder(OnnxModel model) {
    this.model = model;
    this.tokenizer = new Lazy<>(() -> model.readTokenizer(WordPieceTokenizer::read));
    this.signature = new Lazy<>(() -> signature(model));
    this.session = new Lazy<>(() -> ModelSession.open(model));
  }

  /**
   * The model all-MiniLM-L6-v2: small, fast, English.
   *
   * <p>Its limit is 256 tokens, with which Sentence Transformers publishes it. It has positions for
   * 512, but was trained on less and does not gain from more.
   *
   * @return the embedder
   */
  public static OnnxEmbedder miniLm() {
    return new OnnxEmbedder(OnnxModel.MINI_LM);
  }

  /**
   * The model bge-small-en-v1.5: English, with an instruction before queries.
   *
   * @return the embedder, with a limit of 512 tokens
   */
  public static OnnxEmbedder bgeSmall() {
    return new OnnxEmbedder(OnnxModel.BGE_SMALL);
  }

  /**
   * The model e5-small-v2: English, with a prefix before documents and another before queries.
   *
   * @return the embedder, with a limit of 512 tokens
   */
  public static OnnxEmbedder e5Small() {
    return new OnnxEmbedder(OnnxModel.E5_SMALL);
  }

  @Override
  public Signature signature() {
    return signature.get();
  }

  @Override
  public int dimension() {
    return model.dimension();
  }

  @Override
  public TokenCounter tokenCounter() {
    return tokenizer.get().counter();
  }

  @Override
  public Limits limits() {
    TokenCounter counter = tokenCounter();
    int prefix =
        Math.max(counter.count(model.documentPrefix()), counter.count(model.queryPrefix()));
    int tokens = model.maxTokens() - tokenizer.get().specialTokens() - prefix;
    return new Limits(tokens, 1, tokens, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Embeds texts as documents, one after the other on the calling thread.
   *
   * @param texts any number of them, each within the limit; all are checked before the first runs
   * @return one vector a text, in the same order, each of {@link #dimension()} floats and length 1
   * @throws IllegalArgumentException if a text is longer than the limit
   * @throws IllegalStateException if the embedder is closed
   * @throws IndexingException if the model or its native library cannot be loaded, or fails
   */
  @Override
  public List<float[]> embed(List<String> texts) {
    List<int[]> ids = texts.stream().map(text -> encode(model.documentPrefix() + text)).toList();
    return ids.stream().map(this::vector).toList();
  }

  /**
   * Embeds a text as a query, on the calling thread.
   *
   * @param text within the limit of tokens per text
   * @return a vector of {@link #dimension()} floats and length 1
   * @throws IllegalArgumentException if the text is longer than the limit
   * @throws IllegalStateException if the embedder is closed
   * @throws IndexingException if the model or its native library cannot be loaded, or fails
   */
  @Override
  public float[] embedQuery(String text) {
    return vector(encode(model.queryPrefix() + text));
  }

  /** Releases the model once the runs in flight are done. Closing again does nothing. */
  @Override
  public void close() {
    use.writeLock().lock();
    try {
      ModelSession opened = session.ifMade();
      if (!closed && opened != null) {
        opened.close();
      }
      closed = true;
    } finally {
      use.writeLock().unlock();
    }
  }

  /** Returns the model's name. */
  @Override
  public String toString() {
    return "OnnxEmbedder[" + model.name() + "]";
  }

  private int[] encode(String text) {
    int[] ids = tokenizer.get().encode(text);
    if (ids.length > model.maxTokens()) {
      throw new IllegalArgumentException(
          "%s takes %d tokens with special tokens and prefix, but the text has %d"
              .formatted(model.name(), model.maxTokens(), ids.length));
    }
    return ids;
  }

  private float[] vector(int[] ids) {
    float[] tokenVectors = run(ids);
    if (tokenVectors.length != ids.length * model.dimension()) {
      throw unusable("%d floats for %d tokens".formatted(tokenVectors.length, ids.length));
    }
    return normalized(model.pooling().pool(tokenVectors, model.dimension()));
  }

  private float[] run(int[] ids) {
    use.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException(this + " is closed");
      }
      return session.get().run(ids);
    } finally {
      use.readLock().unlock();
    }
  }

  private float[] normalized(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    double length = Math.sqrt(squares);
    if (!(length > 0 && length < Double.POSITIVE_INFINITY)) {
      throw unusable("a vector of length " + length);
    }
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (vector[i] / length);
    }
    return vector;
  }

  private IndexingException unusable(String found) {
    return new IndexingException(
        Stage.EMBED,
        IndexingException.Kind.CONTENT,
        "%s should give finite vectors of %d floats, but gave %s"
            .formatted(model.name(), model.dimension(), found));
  }

  private static Signature signature(OnnxModel model) {
    return Signature.of(model.name(), ALGORITHM_VERSION)
        .with("runtime", "onnx")
        .with("revision", model.modelFingerprint().toString().substring(0, HASH_DIGITS))
        .with("tokenizer", model.tokenizerFingerprint().toString().substring(0, HASH_DIGITS))
        .with("dimension", model.dimension())
        .with("pooling", model.pooling())
        .with("normalised", true)
        .with("documentPrefix", model.documentPrefix())
        .with("queryPrefix", model.queryPrefix());
  }
}
