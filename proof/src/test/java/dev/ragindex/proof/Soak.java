package dev.ragindex.proof;

/** The switch of the long forms: {@code -Dragindex.soak=true}. And the seed of random tests. */
final class Soak {

  static final boolean ON = Boolean.getBoolean("ragindex.soak");

  private static final String SEED = "ragindex.seed";

  private Soak() {}

  /** One of two sizes: that of the short form, which always runs, or that of the long one. */
  static int size(int brief, int thorough) {
    return ON ? thorough : brief;
  }

  /** The seed of a random test: new each time, printed, fixed by a system property. */
  static long seed() {
    long seed = Long.getLong(SEED, System.nanoTime());
    System.out.println("repeat with -D" + SEED + "=" + seed);
    return seed;
  }
}
