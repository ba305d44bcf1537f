package dev.ragindex.core.chunk;

/**
 * Cuts as boundaries' levels and ranks have it, one after the other.
 *
 * @param units the units
 * @param cutter chooses
 */
record LevelCuts(UnitTable units, Cutter cutter) implements Cuts {
  @Override
  public int end(int from, int max) {
    return cutter.cut(units, from, max);
  }
}
