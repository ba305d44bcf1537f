package dev.ragindex.core.chunk;

/**
 * Chooses where a chunk ends: among the boundaries that leave it between minimum and maximum, the
 * one of highest level; among equals the last one (greedy) or the one of highest rank (stable).
 *
 * <p>The choice depends on the units after the start of the chunk and nothing else. So two texts
 * that agree from some cut on are cut alike from there; and as a stable choice does not even depend
 * on where the chunk started, as long as the boundary lies in its window, cuts of two versions of a
 * text fall into step soon after the place where they differ. The end of the text is a boundary
 * like others, stronger than all but headings. A cut that leaves less than the minimum before it,
 * or before a stronger heading, is taken only if all do: the rest would be merged across it.
 *
 * <p>A unit is looked at in each window it lies in, at most maximum / minimum times in all.
 */
final class Cutter {

  private final int min;
  private final Packing packing;
  private final byte strongest;

  /**
   * Cuts by limits.
   *
   * @param strongest level above which boundaries count alike
   */
  Cutter(int min, Packing packing, byte strongest) {
    this.min = min;
    this.packing = packing;
    this.strongest = strongest;
  }

  /**
   * Boundary that ends the chunk.
   *
   * @param from boundary at which the chunk starts
   * @param max most weight of the chunk
   * @return a later boundary; the next one if not even a single unit fits
   */
  int cut(UnitTable units, int from, int max) {
    int last = from + 1;
    int best = -1;
    boolean bestLeaves = false;
    for (int i = from + 1; i <= units.size() && units.weight(from, i) <= max; i++) {
      last = i;
      if (units.weight(from, i) < min && i < units.size()) {
        continue;
      }
      boolean leaves = leavesEnough(units, i);
      int order = best < 0 ? 1 : Boolean.compare(leaves, bestLeaves);
      if (order > 0 || (order == 0 && isBetter(units, i, best))) {
        best = i;
        bestLeaves = leaves;
      }
    }
    return best < 0 ? last : best;
  }

  private boolean isBetter(UnitTable units, int next, int best) {
    int order = Byte.compare(level(units, next), level(units, best));
    if (order == 0 && packing == Packing.STABLE) {
      order = Long.compareUnsigned(units.rank(next), units.rank(best));
    }
    return order >= 0;
  }

  private byte level(UnitTable units, int boundary) {
    return (byte) Math.min(units.level(boundary), strongest);
  }

  /**
   * Whether the minimum fits between a boundary and the next stronger one that starts a section.
   */
  private boolean leavesEnough(UnitTable units, int boundary) {
    if (boundary == units.size()) {
      return true;
    }
    int next = units.nextSection(boundary);
    while (units.weight(boundary, next) < min) {
      if (next == units.size() || level(units, next) > level(units, boundary)) {
        return false;
      }
      next = units.nextSection(next);
    }
    return true;
  }
}
