package dev.ragindex.core.chunk;

/**
 * Percentile breakpoints (Kamradt, <i>5 Levels of Text Splitting</i>, 2024), with a local instead
 * of a document-wide threshold: a boundary is a topic break if fewer than {@value #PERCENT} % of
 * the boundaries nearby, on either side, have neighbours as different as its own. So an edit moves
 * no break farther away than that.
 */
final class TopicBreaks {

  /** Boundaries looked at on either side. */
  static final int REACH = 20;

  /** One break among seven boundaries or so: a chunk of usual size has one to choose. */
  private static final int PERCENT = 15;

  /** Windows whose vectors are held at a time. */
  private static final int STRETCH = 256;

  private TopicBreaks() {}

  /** Raises the topic breaks among boundaries within sections; the larger the change the higher. */
  static UnitTable raise(String text, UnitTable windows, WindowVectors vectors) {
    double[] distances = distances(text, windows, vectors);
    UnitTable.Builder raised = new UnitTable.Builder(windows.size());
    for (int i = 0; i < windows.size(); i++) {
      boolean isBreak = Level.mayBeTopic(windows.level(i)) && isBreak(distances, i);
      raised.add(
          windows.offset(i),
          isBreak ? Level.TOPIC : windows.level(i),
          windows.weight(i, i + 1),
          isBreak ? (long) (distances[i] * (1L << 40)) : windows.rank(i));
    }
    return raised.build(windows.offset(windows.size()));
  }

  /** Cosine distance across each boundary but the first, from 0 to 2. */
  private static double[] distances(String text, UnitTable windows, WindowVectors vectors) {
    double[] distances = new double[windows.size()];
    for (int from = 1; from < windows.size(); from += STRETCH) {
      int to = Math.min(from + STRETCH, windows.size());
      float[][] stretch = vectors.of(text, windows, from - 1, to);
      for (int i = from; i < to; i++) {
        double cosine = Vectors.dot(stretch[i - from], stretch[i - from + 1]);
        distances[i] = Math.clamp(1 - cosine, 0.0, 2.0);
      }
    }
    return distances;
  }

  private static boolean isBreak(double[] distances, int boundary) {
    int first = Math.max(1, boundary - REACH);
    int last = Math.min(distances.length - 1, boundary + REACH);
    int asFar = 0;
    for (int i = first; i <= last; i++) {
      asFar += i != boundary && distances[i] >= distances[boundary] ? 1 : 0;
    }
    return asFar * 100 < PERCENT * (last - first);
  }
}
