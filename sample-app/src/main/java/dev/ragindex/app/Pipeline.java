package dev.ragindex.app;

import dev.ragindex.api.Chunker;
import dev.ragindex.api.Embedder;
import dev.ragindex.api.Settings;
import dev.ragindex.core.RagIndex;
import dev.ragindex.core.chunk.ChunkLimits;
import dev.ragindex.parsers.TikaParser;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The stages a command works with: what the user gave, else what the index remembers, else the
 * defaults.
 *
 * @param model the embedding model, one for the whole index
 * @param strategy how documents are cut
 * @param maxTokens most tokens of a chunk, or null for what suits the model
 * @param overlap tokens repeated from the chunk before
 */
record Pipeline(Model model, Strategy strategy, @Nullable Integer maxTokens, int overlap) {

  private static final String MODEL = "model";
  private static final String CHUNKER = "chunker";
  private static final String MAX_TOKENS = "max-tokens";
  private static final String OVERLAP = "overlap";

  /**
   * The stages for a source.
   *
   * @throws Refusal if the user wants a model or chunker that cannot be had
   */
  static Pipeline of(PipelineOptions given, Settings remembered, String source) {
    SortedMap<String, String> before = remembered.source(source);
    String chunker = given.chunker != null ? given.chunker : before.get(CHUNKER);
    Strategy strategy = Strategy.named(chunker);
    Model model = model(given.model, remembered);
    Integer maxTokens = given.maxTokens != null ? given.maxTokens : number(before.get(MAX_TOKENS));
    Integer overlap = given.overlap != null ? given.overlap : number(before.get(OVERLAP));
    return new Pipeline(model, strategy, maxTokens, Objects.requireNonNullElse(overlap, 0));
  }

  /** The stages to look into an index with, which is what it remembers. */
  static Pipeline remembered(Settings settings) {
    return ofModel(null, settings);
  }

  /**
   * The stages to bring chunks and vectors in with.
   *
   * @param wanted the model the user names, or null for the one that the index remembers
   * @throws Refusal if the index has another model, or there is none of that name
   */
  static Pipeline ofModel(@Nullable String wanted, Settings settings) {
    return new Pipeline(model(wanted, settings), Strategy.named(null), null, 0);
  }

  /** What an index is to remember of a source whose documents did not pass these stages. */
  Map<String, String> modelToRemember() {
    return Map.of(MODEL, model.label());
  }

  /**
   * The stages that {@link #toRemember()} wrote down.
   *
   * @throws Refusal if this version has no such model or chunker
   */
  static Pipeline ofRemembered(Map<String, String> settings) {
    String model = settings.get(MODEL);
    return new Pipeline(
        model == null ? Model.DEFAULT : Model.named(model),
        Strategy.named(settings.get(CHUNKER)),
        number(settings.get(MAX_TOKENS)),
        Objects.requireNonNullElse(number(settings.get(OVERLAP)), 0));
  }

  private static Model model(@Nullable String wanted, Settings settings) {
    String present = modelOf(settings);
    if (wanted == null) {
      return present == null ? Model.DEFAULT : Model.named(present);
    }
    Model model = Model.named(wanted);
    if (present != null && !present.equals(model.label())) {
      throw new Refusal(
          "the index was built with " + present + "; it cannot hold vectors of " + model.label(),
          "leave out --model, or build another index beside it with --index DIR --model "
              + wanted
              + ", which embeds every document anew");
    }
    return model;
  }

  private static @Nullable String modelOf(Settings settings) {
    return settings.sources().values().stream()
        .map(source -> source.get(MODEL))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Integer number(@Nullable String text) {
    return text == null ? null : Integer.valueOf(text);
  }

  /** What the index is to remember for the next run. */
  Map<String, String> toRemember() {
    SortedMap<String, String> settings = new TreeMap<>();
    settings.put(MODEL, model.label());
    settings.put(CHUNKER, strategy.label());
    settings.put(OVERLAP, Integer.toString(overlap));
    if (maxTokens != null) {
      settings.put(MAX_TOKENS, maxTokens.toString());
    }
    return settings;
  }

  /** Opens an index to bring it up to date with these stages; creates nothing. */
  RagIndex open(IndexOptions index) {
    Embedder embedder = model.open();
    try {
      Chunker chunker = strategy.chunker(embedder, limits(embedder.limits()));
      return index
          .builder()
          .parser(TikaParser.create())
          .embedder(embedder)
          .chunker(chunker)
          .build();
    } catch (RuntimeException e) {
      embedder.close();
      throw e;
    }
  }

  /** Opens an index to look into it, which needs no parser: the slowest part to start. */
  RagIndex openToRead(IndexOptions index) {
    return index.builder().embedder(model.open()).build();
  }

  private ChunkLimits limits(Embedder.Limits model) {
    int most =
        maxTokens != null ? maxTokens : ChunkLimits.forModel(model.tokensPerText()).maxTokens();
    return ChunkLimits.of(most, overlap).requireWithin(model.tokensPerText());
  }
}
