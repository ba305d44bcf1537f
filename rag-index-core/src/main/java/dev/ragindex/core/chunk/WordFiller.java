package dev.ragindex.core.chunk;

import dev.ragindex.api.Chunk;
import dev.ragindex.api.CountedText;
import dev.ragindex.api.Document;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Fills the chunks of one document with units as they come. It keeps the units of the chunk at hand
 * and no others: a table of all words takes more room than the text.
 */
final class WordFiller implements Units {

  private static final int USUAL_CHUNK = 128;

  private final String text;
  private final CountedText counted;
  private final ChunkLimits limits;
  private final Overlap overlap;
  private final Sections sections;
  private final List<Chunk> chunks = new ArrayList<>();

  /** Where each unit of the chunk at hand starts, and what it weighs. */
  private int[] starts = new int[USUAL_CHUNK];

  private int[] weights = new int[USUAL_CHUNK];
  private int size;
  private int end;
  private int weight;
  private int overlapStart;

  WordFiller(Document document, CountedText counted, ChunkLimits limits) {
    this.text = document.text();
    this.counted = counted;
    this.limits = limits;
    this.overlap = new Overlap(limits.overlapTokens());
    this.sections = new Sections(document, Strategy.FIXED.structured());
  }

  @Override
  public void add(int unitStart, int unitEnd, byte level, int unitWeight) {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, 2 * size);
      weights = Arrays.copyOf(weights, 2 * size);
    }
    starts[size] = unitStart;
    weights[size++] = unitWeight;
    end = unitEnd;
    weight += unitWeight;
    while (weight > limits.coreTokens() && size > 1) {
      endChunk();
    }
  }

  /** Ends the last chunk, and returns them all. */
  List<Chunk> finish() {
    while (size > 0) {
      endChunk();
    }
    return List.copyOf(chunks);
  }

  private void endChunk() {
    int taken = fill();
    int chunkEnd = taken == size ? end : starts[taken];
    chunks.add(sections.chunk(overlapStart, starts[0], chunkEnd));
    overlapStart = limits.overlapTokens() == 0 ? chunkEnd : overlapStart(taken, chunkEnd);
    size -= taken;
    System.arraycopy(starts, taken, starts, 0, size);
    System.arraycopy(weights, taken, weights, 0, size);
    weight = weight(size);
  }

  /** How many units fit by their weights, or fewer while the exact count is too high. */
  private int fill() {
    int core = limits.coreTokens();
    int taken = fitting(size, core);
    int excess = excess(taken);
    while (excess > 0 && taken > 1) {
      taken = fitting(taken, weight(taken) - excess);
      excess = excess(taken);
    }
    return taken;
  }

  private int excess(int taken) {
    return counted.count(starts[0], taken == size ? end : starts[taken]) - limits.coreTokens();
  }

  /** How many of the first units have at most a weight together; one in any case. */
  private int fitting(int most, int max) {
    int taken = most;
    for (int taking = weight(most); taken > 1 && taking > max; ) {
      taking -= weights[--taken];
    }
    return taken;
  }

  private int weight(int units) {
    int sum = 0;
    for (int i = 0; i < units; i++) {
      sum += weights[i];
    }
    return sum;
  }

  /** Where the overlap of the next chunk starts, among the last units that may be part of it. */
  private int overlapStart(int taken, int chunkEnd) {
    int first = taken;
    for (int tail = 0; first > 0 && tail <= limits.overlapTokens(); ) {
      tail += weights[--first];
    }
    UnitTable.Builder last = new UnitTable.Builder(taken - first);
    for (int i = first; i < taken; i++) {
      last.add(starts[i], Level.WORD, weights[i], 0);
    }
    return overlap.start(text, counted, last.build(chunkEnd), 0, taken - first);
  }
}
