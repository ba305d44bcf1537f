package dev.ragindex.core.chunk;

import dev.ragindex.api.Chunker;
import dev.ragindex.api.Embedder;
import dev.ragindex.api.TokenCounter;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * The chunkers. All keep the limits they are given as counted by the token counter on the core's
 * text, never cut inside of a character as a reader sees it, and give chunks whose cores tile the
 * indexed text.
 *
 * <pre>{@code
 * Chunker chunker = Chunkers.recursive(embedder.tokenCounter(),
 *     ChunkLimits.forModel(embedder.limits().tokensPerText()));
 * }</pre>
 */
public final class Chunkers {

  private static final SortedMap<String, BiFunction<TokenCounter, ChunkLimits, Chunker>> BY_NAME =
      new TreeMap<>(
          Map.of(
              "fixed", Chunkers::fixed,
              "recursive", Chunkers::recursive,
              "sentence", Chunkers::sentence,
              "structure", Chunkers::structure));

  private Chunkers() {}

  /**
   * Makes the chunker of a name; {@link #semantic} is not among them, as it needs an embedder.
   *
   * @param name {@code fixed}, {@code recursive}, {@code sentence} or {@code structure}
   * @param counter counts tokens as the embedder does
   * @param limits sizes and packing
   * @return the chunker
   * @throws IllegalArgumentException if no chunker has this name
   */
  public static Chunker named(String name, TokenCounter counter, ChunkLimits limits) {
    BiFunction<TokenCounter, ChunkLimits, Chunker> factory = BY_NAME.get(name);
    if (factory == null) {
      throw new IllegalArgumentException(
          "no chunker is called '%s', there are %s".formatted(name, BY_NAME.keySet()));
    }
    return factory.apply(counter, limits);
  }

  /**
   * Fills each chunk with words up to the limit, wherever that cuts. The simplest; mostly for
   * comparison, as an edit shifts all cuts after it. Minimum and packing have no say.
   *
   * @param counter counts tokens as the embedder does
   * @param limits maximum and overlap
   * @return the chunker
   */
  public static Chunker fixed(TokenCounter counter, ChunkLimits limits) {
    ChunkLimits full = limits.withMinTokens(1).withPacking(Packing.GREEDY);
    return new FixedChunker(counter, full);
  }

  /**
   * Cuts between sentences, of any script, whatever blocks they stand in; lines, items and rows
   * count as sentences. Stable packing prefers the starts of blocks, but headings to no other. For
   * prose without structure.
   *
   * @param counter counts tokens as the embedder does
   * @param limits sizes and packing
   * @return the chunker
   */
  public static Chunker sentence(TokenCounter counter, ChunkLimits limits) {
    return new UnitChunker(Strategy.sentence(limits.packing()), counter, limits);
  }

  /**
   * Cuts as {@link #recursive} does, but keeps together what belongs together: a list with its
   * lead-in, nested items with theirs, short code. Longer code is cut at its top level. Rows of a
   * table apart from its header have the header as context. For documents with structure.
   *
   * @param counter counts tokens as the embedder does
   * @param limits sizes and packing
   * @return the chunker
   */
  public static Chunker structure(TokenCounter counter, ChunkLimits limits) {
    return new UnitChunker(Strategy.STRUCTURE, counter, limits);
  }

  /**
   * Cuts at the strongest boundary that fits: headings before blocks, blank lines, lines,
   * sentences, clauses, words. For any text.
   *
   * @param counter counts tokens as the embedder does
   * @param limits sizes and packing
   * @return the chunker
   */
  public static Chunker recursive(TokenCounter counter, ChunkLimits limits) {
    return new UnitChunker(Strategy.recursive(limits.packing()), counter, limits);
  }

  /**
   * Cuts where the topic changes: {@link #semantic(Embedder, TokenCounter, ChunkLimits,
   * SemanticMethod)} by {@link SemanticMethod#CLUSTER}, counting as the embedder does.
   *
   * @param embedder usually that of the index
   * @param limits sizes and packing
   * @return the chunker
   */
  public static EmbeddingChunker semantic(Embedder embedder, ChunkLimits limits) {
    return semantic(embedder, embedder.tokenCounter(), limits, SemanticMethod.CLUSTER);
  }

  /**
   * Cuts where the topic changes, as vectors of windows of one to three sentences tell; headings
   * stay the stronger boundaries. What is a change is decided by the text nearby, so that an edit
   * moves no cuts far away. Embeds every window once, as far as a cache of 64 MiB holds them; in a
   * run as the run embeds chunks, counted in its report. A failing embedder fails the run, not the
   * document. Equal vectors give equal cuts; a model whose vectors differ a little from machine to
   * machine may move some.
   *
   * @param embedder where the vectors come from: that of the index, or a cheaper one; a window
   *     longer than it takes is judged by its beginning. Not closed here
   * @param counter counts tokens as the embedder of the index does
   * @param limits sizes; packing decides between equal breaks of {@link SemanticMethod#PERCENTILE}
   * @param method how changes are found
   * @return the chunker
   * @throws IllegalArgumentException if the embedder takes fewer than 8 tokens
   */
  public static EmbeddingChunker semantic(
      Embedder embedder, TokenCounter counter, ChunkLimits limits, SemanticMethod method) {
    return new SemanticChunker(embedder, counter, limits, method);
  }
}
