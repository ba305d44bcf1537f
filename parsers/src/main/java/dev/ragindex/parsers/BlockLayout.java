package dev.ragindex.parsers;

import dev.ragindex.api.Block.Kind;
import dev.ragindex.api.Block.Layer;
import org.jspecify.annotations.Nullable;

/**
 * Lays out a stream of elements and text as blocks. Running text gathers until an element that
 * starts or ends a block comes along; what it becomes depends on where it stands: heading, list
 * item, cell, paragraph. Element names are those of HTML; who feeds it knows layers and pages.
 */
final class BlockLayout {

  private final DocumentWriter out;
  private final InlineText inline = new InlineText();
  private Layer layer = Layer.BODY;
  private int listDepth;
  private int headingLevel;
  private boolean itemPending;
  private @Nullable TableRows table;

  BlockLayout(DocumentWriter out) {
    this.out = out;
  }

  /** What follows belongs to another layer. */
  void layer(Layer next) {
    if (next != layer) {
      flush();
      layer = next;
    }
  }

  Layer layer() {
    return layer;
  }

  boolean inTable() {
    return table != null;
  }

  void text(CharSequence words) {
    inline.append(words);
    out.budget().requireRoom(inline.length());
  }

  /** Two line breaks in a row are how pages without paragraphs separate them. */
  void lineBreak() {
    if (headingLevel > 0 || inTable()) {
      inline.space();
    } else if (inline.endsWithLineBreak()) {
      flush();
    } else {
      inline.lineBreak();
    }
  }

  /** The text to come is an item of a list, as deep as lists are open, at least 1. */
  void startItem() {
    flush();
    itemPending = true;
  }

  void startTable() {
    flush();
    table = new TableRows(out);
  }

  /** A block of HTML starts; inside of a table it only separates words. */
  void start(String element) {
    if (table != null) {
      startInTable(element, table);
      return;
    }
    flush();
    switch (element) {
      case "ul", "ol", "menu", "dir" -> listDepth++;
      case "li" -> itemPending = true;
      default -> headingLevel = Math.max(headingLevel, headingLevel(element));
    }
  }

  void end(String element) {
    if (table != null && !element.equals("table")) {
      endInTable(element, table);
      return;
    }
    flush();
    switch (element) {
      case "ul", "ol", "menu", "dir" -> endList();
      case "li" -> itemPending = false;
      case "table" -> endTable();
      default -> headingLevel = headingLevel(element) > 0 ? 0 : headingLevel;
    }
  }

  /** Preformatted text. */
  void code(String text) {
    flush();
    itemPending = false;
    String unix = text.replace("\r\n", "\n").replace('\r', '\n');
    out.add(Kind.CODE, layer, 0, unix.substring(unix.startsWith("\n") ? 1 : 0).stripTrailing());
  }

  /** Ends the block that is being gathered. */
  void flush() {
    String words = inline.take();
    if (words.isEmpty()) {
      return;
    }
    if (headingLevel > 0) {
      out.add(Kind.HEADING, layer, headingLevel, words);
    } else if (itemPending) {
      out.add(Kind.LIST_ITEM, layer, Math.max(listDepth, 1), words);
      itemPending = false;
    } else {
      out.add(Kind.PARAGRAPH, layer, 0, words);
    }
  }

  /** The level of a heading, 0 for every other element. */
  static int headingLevel(String element) {
    boolean heading = element.length() == 2 && element.charAt(0) == 'h';
    int level = heading ? element.charAt(1) - '0' : 0;
    return level >= 1 && level <= 6 ? level : 0;
  }

  private void endList() {
    listDepth = Math.max(listDepth - 1, 0);
    if (listDepth == 0) {
      out.endRun();
    }
  }

  private void endTable() {
    table = null;
    out.endRun();
  }

  private void startInTable(String element, TableRows rows) {
    inline.space();
    if (element.equals("tr")) {
      rows.startRow();
    }
  }

  private void endInTable(String element, TableRows rows) {
    switch (element) {
      case "td", "th" -> rows.cell(inline.take(), element.equals("th"));
      case "tr" -> rows.endRow(layer);
      case "caption" -> out.add(Kind.PARAGRAPH, layer, 0, inline.take());
      default -> inline.space();
    }
  }
}
