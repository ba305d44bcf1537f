package dev.ragindex.core.chunk;

import dev.ragindex.api.Chunk;
import dev.ragindex.api.Chunker;
import dev.ragindex.api.CountedText;
import dev.ragindex.api.Document;
import dev.ragindex.api.Signature;
import dev.ragindex.api.TokenCounter;
import java.util.ArrayList;
import java.util.List;

/**
 * The chunker behind all strategies: has a document counted once, scans it into units, cuts between
 * them, and verifies each chunk by its exact count, since tokens of units need not add up.
 */
final class UnitChunker implements Chunker {

  private final Signature signature;
  private final Strategy strategy;
  private final TokenCounter counter;
  private final ChunkLimits limits;
  private final Cuts.Finder byLevels;
  private final Overlap overlap;

  UnitChunker(Strategy strategy, TokenCounter counter, ChunkLimits limits) {
    this.strategy = strategy;
    this.counter = counter;
    this.limits = limits;
    this.byLevels = byLevels(strategy, limits);
    this.overlap = new Overlap(limits.overlapTokens());
    this.signature = strategy.signature(counter, limits);
  }

  private static Cuts.Finder byLevels(Strategy strategy, ChunkLimits limits) {
    Cutter cutter = new Cutter(limits.minTokens(), limits.packing(), strategy.strongest());
    return (document, counted, units) -> new LevelCuts(units, cutter);
  }

  @Override
  public Signature signature() {
    return signature;
  }

  /** Cuts as the document alone says. */
  @Override
  public List<Chunk> chunk(Document document) {
    return chunk(document, byLevels);
  }

  /** Cuts as the finder says. */
  List<Chunk> chunk(Document document, Cuts.Finder finder) {
    if (DocumentScanner.isBlank(document)) {
      return List.of();
    }
    String text = document.text();
    CountedText counted = counter.counted(text.substring(0, document.indexedEnd()));
    UnitTable units = DocumentScanner.scan(document, strategy, counted, heaviestUnit(limits));
    Cuts cuts = finder.find(document, counted, units);
    Sections sections = new Sections(document, strategy.structured());
    List<Chunk> chunks = new ArrayList<>();
    int before = 0;
    for (int from = 0; from < cuts.units().size(); ) {
      int to = cut(counted, cuts, from);
      int start = cuts.units().offset(from);
      int end = cuts.units().offset(to);
      int overlapStart = from == 0 ? 0 : overlapStart(text, counted, units, before, start);
      chunks.add(sections.chunk(overlapStart, start, end));
      before = start;
      from = to;
    }
    return List.copyOf(chunks);
  }

  /** So that, wherever a chunk starts, some boundary lies between minimum and maximum. */
  static int heaviestUnit(ChunkLimits limits) {
    int core = limits.coreTokens();
    return Math.max(core - limits.minTokens(), core / 2);
  }

  /** Cuts by the units' weights, and again with less weight while the exact count is too high. */
  private int cut(CountedText counted, Cuts cuts, int from) {
    UnitTable units = cuts.units();
    int core = limits.coreTokens();
    int to = cuts.end(from, core);
    int excess = counted.count(units.offset(from), units.offset(to)) - core;
    while (excess > 0 && to > from + 1) {
      to = cuts.end(from, units.weight(from, to) - excess);
      excess = counted.count(units.offset(from), units.offset(to)) - core;
    }
    return to;
  }

  /** Offset of the overlap of the chunk at an offset, whose neighbour starts at another. */
  private int overlapStart(
      String text, CountedText counted, UnitTable units, int before, int start) {
    return limits.overlapTokens() == 0
        ? start
        : overlap.start(text, counted, units, units.boundaryAt(before), units.boundaryAt(start));
  }
}
