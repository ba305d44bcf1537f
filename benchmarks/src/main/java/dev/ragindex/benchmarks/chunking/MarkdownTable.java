package dev.ragindex.benchmarks.chunking;

import java.util.ArrayList;
import java.util.List;

/** A table that writes itself as Markdown. */
final class MarkdownTable {

  private final int columns;
  private final List<String> lines = new ArrayList<>();

  MarkdownTable(String... titles) {
    columns = titles.length;
    row((Object[]) titles);
    lines.add("|" + "---|".repeat(columns));
  }

  /** Adds a row of as many cells as there are titles. */
  void row(Object... cells) {
    if (cells.length != columns) {
      throw new IllegalArgumentException(cells.length + " cells in " + columns + " columns");
    }
    StringBuilder line = new StringBuilder("|");
    for (Object cell : cells) {
      line.append(' ').append(cell).append(" |");
    }
    lines.add(line.toString());
  }

  /** Returns the table, a line a row. */
  @Override
  public String toString() {
    return String.join("\n", lines) + "\n";
  }
}
