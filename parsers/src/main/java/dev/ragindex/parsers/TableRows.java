package dev.ragindex.parsers;

import dev.ragindex.api.Block.Kind;
import dev.ragindex.api.Block.Layer;
import java.util.ArrayList;
import java.util.List;

/** Gathers the cells of one table and writes its rows. Only the first row can name the columns. */
final class TableRows {

  private final DocumentWriter out;
  private final List<String> cells = new ArrayList<>();
  private boolean headers = true;
  private boolean first = true;

  TableRows(DocumentWriter out) {
    this.out = out;
  }

  void startRow() {
    cells.clear();
    headers = true;
  }

  void cell(String text, boolean header) {
    cells.add(text.replace('\n', ' '));
    headers &= header;
  }

  void endRow(Layer layer) {
    boolean empty = cells.stream().allMatch(String::isBlank);
    if (!empty) {
      Kind kind = first && headers ? Kind.TABLE_HEADER : Kind.TABLE_ROW;
      if (first) {
        out.endRun();
      }
      out.add(kind, layer, 0, String.join(" | ", cells));
      first = false;
    }
    cells.clear();
  }
}
