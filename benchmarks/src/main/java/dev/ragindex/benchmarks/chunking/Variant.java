package dev.ragindex.benchmarks.chunking;

import dev.ragindex.api.Chunk;
import dev.ragindex.api.Chunker;
import dev.ragindex.api.Document;
import dev.ragindex.api.Embedder;
import dev.ragindex.core.chunk.ChunkLimits;
import dev.ragindex.core.chunk.Chunkers;
import dev.ragindex.core.chunk.Packing;
import dev.ragindex.core.chunk.SemanticMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One way of cutting that is compared with others.
 *
 * @param strategy name of the chunker
 * @param packing its packing, or how else it differs from others of this strategy
 * @param model what it cuts for
 * @param limits its limits
 * @param chunker the chunker
 */
record Variant(String strategy, String packing, Model model, ChunkLimits limits, Chunker chunker) {

  private static final String NO_PACKING = "–";

  /** A strategy under a packing. */
  static Variant of(String strategy, Packing packing, Model model, int maxTokens) {
    ChunkLimits limits = ChunkLimits.of(maxTokens).withPacking(packing);
    return new Variant(
        strategy,
        packing == Packing.STABLE ? "stable" : "greedy",
        model,
        limits,
        Chunkers.named(strategy, model.counter(), limits));
  }

  /** Words up to the limit, which knows no packing. */
  static Variant fixed(Model model, int maxTokens) {
    ChunkLimits limits = ChunkLimits.of(maxTokens);
    return new Variant("fixed", NO_PACKING, model, limits, Chunkers.fixed(model.counter(), limits));
  }

  /** Each strategy that needs no vectors under each packing, at a model's usual limit. */
  static List<Variant> usual(Model model) {
    int max = model.limits().maxTokens();
    List<Variant> variants = new ArrayList<>(List.of(fixed(model, max)));
    for (String strategy : List.of("sentence", "recursive", "structure")) {
      for (Packing packing : Packing.values()) {
        variants.add(of(strategy, packing, model, max));
      }
    }
    return variants;
  }

  /** Recursive stable chunks of other sizes: lower limits, and a minimum of a quarter. */
  static List<Variant> sizes(Model model) {
    ChunkLimits usual = model.limits();
    ChunkLimits quarter = usual.withMinTokens(usual.maxTokens() / 4);
    return Stream.concat(
            IntStream.of(64, 96, 128).mapToObj(max -> of("recursive", Packing.STABLE, model, max)),
            Stream.of(
                new Variant(
                    "recursive",
                    "stable, minimum 1/4",
                    model,
                    quarter,
                    Chunkers.recursive(model.counter(), quarter))))
        .toList();
  }

  /** Cuts by topic, by each method, as vectors of an embedder tell. */
  static List<Variant> semantic(Model model, Embedder embedder) {
    ChunkLimits limits = model.limits();
    return Stream.of(SemanticMethod.values())
        .map(
            method ->
                new Variant(
                    "semantic",
                    method.name().toLowerCase(Locale.ROOT),
                    model,
                    limits,
                    Chunkers.semantic(embedder, model.counter(), limits, method)))
        .toList();
  }

  /** The limit with the tokens it is counted in. */
  String limit() {
    return limits.maxTokens() + " " + model.name();
  }

  /** Whether edits are expected to stay where they are. */
  boolean isStable() {
    return packing.startsWith("stable");
  }

  /** Cuts a document. */
  List<Chunk> cut(Document document) {
    return chunker.chunk(document);
  }

  /** Mean tokens of the chunks of some documents, context not counted. */
  double meanTokens(List<Document> documents) {
    return documents.stream()
        .flatMap(document -> cut(document).stream())
        .mapToInt(chunk -> model.counter().count(chunk.text()))
        .average()
        .orElse(0);
  }
}
