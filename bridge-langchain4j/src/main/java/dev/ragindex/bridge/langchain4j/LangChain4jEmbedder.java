package dev.ragindex.bridge.langchain4j;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.request.EmbeddingInputType;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import dev.langchain4j.model.embedding.request.EmbeddingRequestParameters;
import dev.ragindex.api.Embedder;
import dev.ragindex.api.RateLimits;
import dev.ragindex.api.Signature;
import dev.ragindex.api.TokenCounter;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Embeds with a LangChain4j {@link EmbeddingModel}. One call of {@link #embed} is one call of the
 * model: nothing is split, repeated or truncated. Vectors come back with length 1, and only after
 * their number, dimension and values were checked. Thread-safe if the model is.
 *
 * <pre>{@code
 * Embedder embedder =
 *     LangChain4jEmbedder.builder(model, counter)
 *         .name("nomic-embed-text")
 *         .revision("v1.5")
 *         .dimension(768)
 *         .limits(new Embedder.Limits(2_048, 64, 32_768, 2))
 *         .prefixes("search_document: ", "search_query: ")
 *         .build();
 * }</pre>
 */
public final class LangChain4jEmbedder implements Embedder {

  private static final int VERSION = 1;

  private final EmbeddingModel model;
  private final String name;
  private final AnswerCheck check;
  private final TokenCounter counter;
  private final Limits limits;
  private final Side documents;
  private final Side queries;
  private final Signature signature;
  private final Supplier<RateLimits> rateLimits;
  private final Runnable onClose;

  private LangChain4jEmbedder(Builder builder, String name, AnswerCheck check, Limits limits) {
    this.model = builder.model;
    this.name = name;
    this.check = check;
    this.counter = builder.counter;
    this.limits = limits;
    this.rateLimits = builder.rateLimits;
    this.onClose = builder.onClose;
    this.documents = builder.side(builder.documentPrefix, EmbeddingInputType.DOCUMENT);
    this.queries = builder.side(builder.queryPrefix, EmbeddingInputType.QUERY);
    this.signature = signature(builder, name, check);
  }

  private static Signature signature(Builder builder, String name, AnswerCheck check) {
    Signature signature =
        Signature.of("langchain4j", VERSION)
            .with("model", name)
            .with("revision", builder.revision)
            .with("dimension", check.kept())
            .with("documentPrefix", builder.documentPrefix)
            .with("queryPrefix", builder.queryPrefix)
            .with("inputTypes", builder.inputTypes);
    return check.kept() == check.dimension()
        ? signature
        : signature.with("cutFrom", check.dimension());
  }

  /**
   * Starts an embedder.
   *
   * @param model any LangChain4j model; it stays the caller's to close
   * @param counter counts tokens as the model's own tokenizer does
   * @return a builder
   */
  public static Builder builder(EmbeddingModel model, TokenCounter counter) {
    return new Builder(model, counter);
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public int dimension() {
    return check.kept();
  }

  @Override
  public TokenCounter tokenCounter() {
    return counter;
  }

  @Override
  public Limits limits() {
    return limits;
  }

  @Override
  public RateLimits rateLimits() {
    return rateLimits.get();
  }

  /**
   * Embeds texts as documents, in one call of the model.
   *
   * @param texts within the limits
   * @return one vector of length 1 a text, in the same order
   * @throws IllegalArgumentException if a text is blank or longer than the limit, or if there are
   *     more texts or tokens than a call may carry; the model was not called
   */
  @Override
  public List<float[]> embed(List<String> texts) {
    if (texts.isEmpty()) {
      return List.of();
    }
    requireWithinLimits(texts);
    return ask(documents, texts);
  }

  /**
   * Embeds a text as a query.
   *
   * @param text within the limit of tokens per text
   * @return a vector of length 1
   * @throws IllegalArgumentException if the text is blank or longer than the limit; the model was
   *     not called
   */
  @Override
  public float[] embedQuery(String text) {
    requireWithinLimits(List.of(text));
    return ask(queries, List.of(text)).get(0);
  }

  private List<float[]> ask(Side side, List<String> texts) {
    List<Embedding> answer;
    try {
      answer = model.embed(side.request(texts)).embeddings();
    } catch (RuntimeException e) {
      throw ModelFailure.of(name, e);
    }
    return check.unitVectors(texts.size(), answer);
  }

  /** Lets go what {@link OpenAiEmbedders} opened; a model that was given stays open. */
  @Override
  public void close() {
    onClose.run();
  }

  private void requireWithinLimits(List<String> texts) {
    if (texts.size() > limits.textsPerCall()) {
      throw new IllegalArgumentException(
          "%s takes %d texts a call, not %d".formatted(name, limits.textsPerCall(), texts.size()));
    }
    long tokens = 0;
    for (int i = 0; i < texts.size(); i++) {
      tokens += requireWithinLimit(texts.get(i), i, texts.size());
    }
    if (tokens > limits.tokensPerCall()) {
      throw new IllegalArgumentException(
          "%s takes %d tokens a call, not %d".formatted(name, limits.tokensPerCall(), tokens));
    }
  }

  private int requireWithinLimit(String text, int place, int texts) {
    if (text.isBlank()) {
      throw new IllegalArgumentException(
          "text %d of %d is blank: there is nothing to embed".formatted(place + 1, texts));
    }
    int tokens = counter.count(text);
    if (tokens > limits.tokensPerText()) {
      throw new IllegalArgumentException(
          "%s takes %d tokens a text, text %d of %d has %d (%s): make the chunks smaller"
              .formatted(name, limits.tokensPerText(), place + 1, texts, tokens, counter.name()));
    }
    return tokens;
  }

  /**
   * How the model is asked for documents or for queries.
   *
   * @param prefix what stands before each text
   * @param type what the request says its texts are, or null to say nothing
   */
  private record Side(String prefix, @Nullable EmbeddingInputType type) {

    EmbeddingRequest request(List<String> texts) {
      EmbeddingRequest.Builder request = EmbeddingRequest.builder();
      texts.forEach(text -> request.input(prefix + text));
      if (type != null) {
        request.inputType(type);
      }
      return request.build();
    }
  }

  /** Collects what decides an embedder. Not thread-safe. */
  public static final class Builder {

    private final EmbeddingModel model;
    private final TokenCounter counter;
    private @Nullable String name;
    private String revision = "";
    private @Nullable Integer dimension;
    private @Nullable Integer kept;
    private @Nullable Limits limits;
    private String documentPrefix = "";
    private String queryPrefix = "";
    private boolean inputTypes;
    private Supplier<RateLimits> rateLimits = () -> RateLimits.UNKNOWN;
    private Runnable onClose = () -> {};

    private Builder(EmbeddingModel model, TokenCounter counter) {
      this.model = model;
      this.counter = counter;
    }

    /**
     * Names the model in signature and messages. Left out, it is what the model calls itself.
     *
     * @param name such as {@code "text-embedding-3-small"}; not a key, not an address
     * @return this
     */
    public Builder name(String name) {
      this.name = name;
      return this;
    }

    /**
     * Tells apart what bears the same name: a tag, a digest, a quantisation. Another revision is
     * another model, whose vectors are never mixed with the old one's.
     *
     * @param revision such as {@code "v1.5"}; empty by default
     * @return this
     */
    public Builder revision(String revision) {
      this.revision = revision;
      return this;
    }

    /**
     * States the length of the vectors. Required: many models can only find it out by a paid call.
     *
     * @param dimension a number of floats
     * @return this
     */
    public Builder dimension(int dimension) {
      this.dimension = dimension;
      return this;
    }

    /**
     * Keeps only the first values of each vector, scaled to length 1 again. This is for models
     * trained so that the beginning of a vector is a vector of its own ("Matryoshka Representation
     * Learning", Kusupati et al. 2022), such as nomic-embed-text-v1.5 or mxbai-embed-large-v1; of
     * others it leaves noise.
     *
     * @param kept how many, less than the dimension
     * @return this
     */
    public Builder cutTo(int kept) {
      this.kept = kept;
      return this;
    }

    /**
     * States what the model takes. Required. Room for the prefixes is taken off by {@link #build},
     * so give the model's own figures, less its special tokens.
     *
     * @param limits of the model as it stands
     * @return this
     */
    public Builder limits(Limits limits) {
      this.limits = limits;
      return this;
    }

    /**
     * Sets what goes before each text, for models trained with such words.
     *
     * @param document before a document's text, such as {@code "passage: "}
     * @param query before a query, such as {@code "query: "}
     * @return this
     */
    public Builder prefixes(String document, String query) {
      this.documentPrefix = document;
      this.queryPrefix = query;
      return this;
    }

    /**
     * Tells the model with each request whether it gets documents or queries, for models that take
     * an input type.
     *
     * @return this
     */
    public Builder inputTypes() {
      this.inputTypes = true;
      return this;
    }

    /** Where to look up the rates that the service tells. */
    Builder rateLimits(Supplier<RateLimits> rateLimits) {
      this.rateLimits = rateLimits;
      return this;
    }

    /** What to release with the embedder. */
    Builder onClose(Runnable onClose) {
      this.onClose = onClose;
      return this;
    }

    /**
     * Makes the embedder. The model is not called.
     *
     * @return the embedder
     * @throws IllegalArgumentException if name, dimension or limits are missing, if vectors are to
     *     be cut to no less than they have, if the prefixes leave no room for text, or if input
     *     types are asked of a model that takes none
     */
    public LangChain4jEmbedder build() {
      if (inputTypes
          && !model.supportedParameters().contains(EmbeddingRequestParameters.INPUT_TYPE)) {
        throw new IllegalArgumentException(
            model.getClass().getName() + " takes no input type: use prefixes, or neither");
      }
      if (dimension == null || dimension < 1) {
        throw new IllegalArgumentException("state the dimension of the vectors: " + dimension);
      }
      if (limits == null) {
        throw new IllegalArgumentException("state the model's limits");
      }
      return new LangChain4jEmbedder(
          this, requireName(), check(requireName(), dimension), lessPrefixes(limits));
    }

    private AnswerCheck check(String stated, int whole) {
      if (kept != null && (kept < 1 || kept >= whole)) {
        throw new IllegalArgumentException(
            "vectors of %d values cannot be cut to %d".formatted(whole, kept));
      }
      return new AnswerCheck(stated, whole, kept == null ? whole : kept);
    }

    private String requireName() {
      String stated = name != null ? name : model.modelName();
      if (stated == null || stated.isBlank() || stated.equals("unknown")) {
        throw new IllegalArgumentException(
            model.getClass().getName() + " does not say which model it is: give a name");
      }
      return stated;
    }

    private Limits lessPrefixes(Limits whole) {
      int prefix = Math.max(counter.count(documentPrefix), counter.count(queryPrefix));
      long text = (long) whole.tokensPerText() - prefix;
      long call = whole.tokensPerCall() - (long) prefix * whole.textsPerCall();
      if (text < 1 || call < 1) {
        throw new IllegalArgumentException(
            "a prefix of %d tokens leaves no room in %s: state fewer texts a call, or no prefix"
                .formatted(prefix, whole));
      }
      return new Limits((int) text, whole.textsPerCall(), (int) call, whole.callsInFlight());
    }

    private Side side(String prefix, EmbeddingInputType type) {
      return new Side(prefix, inputTypes ? type : null);
    }
  }
}
