package dev.ragindex.embedder.onnx;

import dev.ragindex.api.Embedder;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.Signature;
import dev.ragindex.api.Stage;
import dev.ragindex.api.TokenCounter;
import dev.ragindex.tokens.WordPieceTokenizer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

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
 * <p>Any other BERT-like model works from a folder, see {@link #at}.
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
 * <p>Creating one costs next to nothing: tokenizer and session are loaded when first needed. Until
 * something is counted or embedded, that is never; signature and limits of the models above are
 * known, those of a model in a folder take reading its files once.
 *
 * <p>Thread-safe; {@link #close} waits for the runs in flight. Works until the process is gone, in
 * shutdown hooks, too.
 */
public final class OnnxEmbedder implements Embedder {

  private static final int ALGORITHM_VERSION = 1;

  private final OnnxModel model;
  private final Lazy<WordPieceTokenizer> tokenizer;
  private final Lazy<Identity> identity;
  private final Lazy<ModelSession> session;

  /** Shared by runs, exclusive for closing. */
  private final ReadWriteLock use = new ReentrantReadWriteLock();

  private boolean closed;

  OnnxEmbedder(OnnxModel model) {
    this.model = model;
    this.tokenizer = new Lazy<>(model.files()::readTokenizer);
    this.identity = new Lazy<>(this::identity);
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

  /**
   * A model in a folder: any BERT-like one exported to ONNX, with its tokenizer.json. {@link
   * OnnxFolder} tells which files are read, and takes what they do not say.
   *
   * @param folder the folder, laid out as on Hugging Face
   * @return the embedder
   * @throws IllegalArgumentException if the folder lacks a file or asks for what is not supported;
   *     the message names file and field
   * @throws IndexingException if a file cannot be read
   */
  public static OnnxEmbedder at(Path folder) {
    return OnnxFolder.at(folder).build();
  }

  @Override
  public Signature signature() {
    Identity read = identity.get();
    Signature signature =
        Signature.of(model.name(), ALGORITHM_VERSION)
            .with("runtime", "onnx")
            .with("revision", read.revision())
            .with("tokenizer", read.tokenizer())
            .with("dimension", model.kept())
            .with("pooling", model.pooling())
            .with("normalised", true)
            .with("documentPrefix", model.documentPrefix())
            .with("queryPrefix", model.queryPrefix());
    return model.kept() == model.dimension()
        ? signature
        : signature.with("cutFrom", model.dimension());
  }

  @Override
  public int dimension() {
    return model.kept();
  }

  @Override
  public TokenCounter tokenCounter() {
    return new LazyCounter(identity.get().counter(), tokenizer);
  }

  @Override
  public Limits limits() {
    Identity read = identity.get();
    int tokens = model.maxTokens() - read.specialTokens() - read.prefixTokens();
    if (tokens < 1) {
      throw new IllegalArgumentException(
          "%s takes %d tokens, of which special tokens and prefix leave no room for text"
              .formatted(model.name(), model.maxTokens()));
    }
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
    loadMeanwhile();
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
    loadMeanwhile();
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

  /** Loads the model beside the tokenizer: each takes a third of a second. */
  private void loadMeanwhile() {
    if (session.ifMade() == null && tokenizer.ifMade() == null) {
      Thread.ofPlatform().daemon().name("load " + model.name()).start(this::load);
    }
  }

  private void load() {
    try {
      withSession(opened -> opened);
    } catch (RuntimeException e) {
      // whoever needs the session tries again, and gets to know
    }
  }

  private float[] vector(int[] ids) {
    return normalized(withSession(opened -> opened.vector(ids)));
  }

  private <T> T withSession(Function<ModelSession, T> work) {
    use.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException(this + " is closed");
      }
      return work.apply(session.get());
    } finally {
      use.readLock().unlock();
    }
  }

  private Identity identity() {
    Identity known = model.known();
    return known != null ? known : Identity.of(model.files(), tokenizer.get(), model);
  }

  private float[] normalized(float[] whole) {
    float[] vector = whole.length == model.kept() ? whole : Arrays.copyOf(whole, model.kept());
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
            .formatted(model.name(), model.kept(), found));
  }
}
