package dev.ragindex.core.chunk;

import dev.ragindex.api.CountedText;

/**
 * Joins units to windows of one to three sentences or so: single sentences say too little of their
 * topic. A window never crosses a heading, and crosses other blocks only while it is small. Cuts
 * are chosen as stable chunks are, so an edit changes the windows around it and no others.
 */
final class Windows {

  /** Most tokens of a window, unless a single unit has more. */
  private static final int MOST = 50;

  private static final int LEAST = MOST / 4;

  private final int most;
  private final int least;
  private final Cutter cutter;

  /**
   * Windows for chunks of a size.
   *
   * @param heaviest most tokens of a unit, by an exact count
   */
  Windows(int heaviest) {
    this.most = Math.min(MOST, heaviest);
    this.least = Math.min(LEAST, (most + 3) / 4);
    this.cutter = new Cutter(least, Packing.STABLE, Level.HIGHEST);
  }

  /** A table whose units are windows of the given units. */
  UnitTable join(CountedText counted, UnitTable units) {
    UnitTable.Builder windows = new UnitTable.Builder(units.size());
    for (int from = 0; from < units.size(); ) {
      int to = end(counted, units, from);
      windows.add(units.offset(from), units.level(from), units.weight(from, to), units.rank(from));
      from = to;
    }
    return windows.build(units.offset(units.size()));
  }

  private int end(CountedText counted, UnitTable units, int from) {
    int to = cutter.cut(units, from, Math.min(most, units.weight(from, nextBlock(units, from))));
    while (to > from + 1 && counted.count(units.offset(from), units.offset(to)) > most) {
      to--;
    }
    return to;
  }

  private int nextBlock(UnitTable units, int from) {
    int next = from + 1;
    while (next < units.size()
        && units.weight(from, next) <= most
        && units.level(next) < (units.weight(from, next) < least ? Level.END : Level.BLOCK)) {
      next++;
    }
    return next;
  }
}
