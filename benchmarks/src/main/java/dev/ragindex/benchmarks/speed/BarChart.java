package dev.ragindex.benchmarks.speed;

import java.util.List;
import java.util.Locale;

/** A chart of horizontal bars, one below the other, as SVG. */
record BarChart(String title, List<Bar> bars) {

  private static final int ROW = 24;
  private static final int LABELS = 280;
  private static final int LONGEST = 420;
  private static final int NUMBERS = 80;

  /** A bar; ours are of another colour. */
  record Bar(String label, double value, boolean ours) {}

  String svg() {
    double most = bars.stream().mapToDouble(Bar::value).max().orElse(1);
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"13\">%n"
            .formatted(LABELS + LONGEST + NUMBERS, ROW * (bars.size() + 2)));
    svg.append(
        "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n<text x=\"8\" y=\"18\" font-weight=\"bold\">%s</text>%n"
            .formatted(escaped(title)));
    for (int i = 0; i < bars.size(); i++) {
      svg.append(row(bars.get(i), ROW * (i + 1) + 8, most));
    }
    return svg.append("</svg>\n").toString();
  }

  private static String row(Bar bar, int top, double most) {
    double length = LONGEST * bar.value() / most;
    return String.format(
        Locale.ROOT,
        """
        <text x="%d" y="%d" text-anchor="end">%s</text>
        <rect x="%d" y="%d" width="%.1f" height="%d" fill="%s"/>
        <text x="%.1f" y="%d">%.1f</text>
        """,
        LABELS - 8,
        top + 16,
        escaped(bar.label()),
        LABELS,
        top + 3,
        length,
        ROW - 6,
        bar.ours() ? "#2b6cb0" : "#a0aec0",
        LABELS + length + 6,
        top + 16,
        bar.value());
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
