package dev.ragindex.parsers;

import dev.ragindex.api.Block.Kind;
import dev.ragindex.api.Block.Layer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;
import org.jspecify.annotations.Nullable;

/**
 * Lays out an HTML tree as blocks. Running text gathers until an element that starts or ends a
 * block comes along; what it becomes depends on where it stands: heading, list item, cell,
 * paragraph.
 */
final class HtmlBlocks implements NodeFilter {

  private final DocumentWriter out;
  private final InlineText inline = new InlineText();
  private final Deque<Zone> zones = new ArrayDeque<>();
  private int mains;
  private int listDepth;
  private int headingLevel;
  private boolean itemPending;
  private @Nullable TableRows table;

  /** An element with all that stands in it, and the layer it belongs to. */
  private record Zone(Element element, Layer layer) {}

  HtmlBlocks(DocumentWriter out) {
    this.out = out;
  }

  @Override
  public FilterResult head(Node node, int depth) {
    if (node instanceof TextNode words) {
      inline.append(words.getWholeText());
      return FilterResult.CONTINUE;
    }
    return node instanceof Element element ? open(element) : FilterResult.CONTINUE;
  }

  @Override
  public FilterResult tail(Node node, int depth) {
    if (node instanceof Element element) {
      close(element);
    }
    return FilterResult.CONTINUE;
  }

  private FilterResult open(Element element) {
    if (HtmlTags.isDropped(element)) {
      return FilterResult.SKIP_ENTIRELY;
    }
    if (HtmlTags.isHidden(element)) {
      out.add(Kind.PARAGRAPH, Layer.HIDDEN, 0, InlineText.collapse(element.text()));
      return FilterResult.SKIP_ENTIRELY;
    }
    if (table != null) {
      openInTable(element, table);
      return FilterResult.CONTINUE;
    }
    if (element.normalName().equals("pre")) {
      preformatted(element);
      return FilterResult.SKIP_ENTIRELY;
    }
    openBlock(element);
    return FilterResult.CONTINUE;
  }

  private void openBlock(Element element) {
    enterZone(element);
    if (element.normalName().equals("br")) {
      lineBreak();
    } else if (HtmlTags.isBlock(element)) {
      flush();
      startBlock(element);
    }
  }

  private void startBlock(Element element) {
    mains += HtmlTags.isMain(element) ? 1 : 0;
    listDepth += HtmlTags.isList(element) ? 1 : 0;
    itemPending |= element.normalName().equals("li");
    headingLevel = Math.max(headingLevel, HtmlTags.headingLevel(element));
    if (element.normalName().equals("table") && HtmlTags.isDataTable(element)) {
      table = new TableRows(out);
    }
  }

  private void close(Element element) {
    if (table != null && !element.normalName().equals("table")) {
      closeInTable(element, table);
    } else if (HtmlTags.isBlock(element)) {
      flush();
      endBlock(element);
    }
    leaveZone(element);
  }

  private void endBlock(Element element) {
    mains -= HtmlTags.isMain(element) ? 1 : 0;
    if (HtmlTags.headingLevel(element) > 0) {
      headingLevel = 0;
    }
    switch (element.normalName()) {
      case "table" -> {
        table = null;
        out.endRun();
      }
      case "li" -> itemPending = false;
      case "ul", "ol", "menu", "dir" -> endList();
      default -> {}
    }
  }

  private void endList() {
    if (--listDepth == 0) {
      out.endRun();
    }
  }

  private void openInTable(Element element, TableRows rows) {
    switch (element.normalName()) {
      case "tr" -> rows.startRow();
      case "td", "th", "br" -> inline.space();
      default -> {
        if (HtmlTags.isBlock(element)) {
          inline.space();
        }
      }
    }
  }

  private void closeInTable(Element element, TableRows rows) {
    switch (element.normalName()) {
      case "td", "th" -> rows.cell(inline.take(), element.normalName().equals("th"));
      case "tr" -> rows.endRow(layer());
      case "caption" -> out.add(Kind.PARAGRAPH, layer(), 0, inline.take());
      default -> {
        if (HtmlTags.isBlock(element)) {
          inline.space();
        }
      }
    }
  }

  private void enterZone(Element element) {
    if (zones.isEmpty()) {
      Layer layer = HtmlTags.layer(element, mains > 0);
      if (layer != Layer.BODY) {
        flush();
        zones.push(new Zone(element, layer));
      }
    }
  }

  private void leaveZone(Element element) {
    if (!zones.isEmpty() && zones.peek().element().equals(element)) {
      flush();
      zones.pop();
    }
  }

  private Layer layer() {
    return zones.isEmpty() ? Layer.BODY : zones.peek().layer();
  }

  private void preformatted(Element element) {
    flush();
    itemPending = false;
    out.add(Kind.CODE, layer(), 0, withoutEdgeLines(element.wholeText()));
  }

  private static String withoutEdgeLines(String code) {
    String unix = code.replace("\r\n", "\n").replace('\r', '\n');
    int start = unix.startsWith("\n") ? 1 : 0;
    return unix.substring(start).stripTrailing();
  }

  /** Two line breaks in a row are how pages without paragraphs separate them. */
  private void lineBreak() {
    if (headingLevel > 0) {
      inline.space();
    } else if (inline.endsWithLineBreak()) {
      flush();
    } else {
      inline.lineBreak();
    }
  }

  /** Ends the block that is being gathered. */
  void flush() {
    String words = inline.take();
    if (words.isEmpty()) {
      return;
    }
    if (headingLevel > 0) {
      out.add(Kind.HEADING, layer(), headingLevel, words);
    } else if (itemPending && listDepth > 0) {
      out.add(Kind.LIST_ITEM, layer(), listDepth, words);
      itemPending = false;
    } else {
      out.add(Kind.PARAGRAPH, layer(), 0, words);
    }
  }
}
