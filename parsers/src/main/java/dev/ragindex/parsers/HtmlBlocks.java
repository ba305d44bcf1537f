package dev.ragindex.parsers;

import dev.ragindex.api.Block.Kind;
import dev.ragindex.api.Block.Layer;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;
import org.jspecify.annotations.Nullable;

/** Feeds an HTML tree to a layout: which elements count, which layer they belong to. */
final class HtmlBlocks implements NodeFilter {

  private final DocumentWriter out;
  private final BlockLayout layout;
  private int mains;
  private @Nullable Element aside;

  HtmlBlocks(DocumentWriter out) {
    this.out = out;
    this.layout = new BlockLayout(out);
  }

  /** Writes the block that is still open at the end. */
  void finish() {
    layout.flush();
  }

  @Override
  public FilterResult head(Node node, int depth) {
    if (node instanceof TextNode words) {
      layout.text(words.getWholeText());
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
    if (element.normalName().equals("pre") && !layout.inTable()) {
      layout.code(element.wholeText());
      return FilterResult.SKIP_ENTIRELY;
    }
    enterAside(element);
    openBlock(element);
    return FilterResult.CONTINUE;
  }

  private void openBlock(Element element) {
    mains += HtmlTags.isMain(element) ? 1 : 0;
    if (element.normalName().equals("br")) {
      layout.lineBreak();
    } else if (HtmlTags.isBlock(element)) {
      layout.start(element.normalName());
      boolean table = element.normalName().equals("table") && !layout.inTable();
      if (table && HtmlTags.isDataTable(element)) {
        layout.startTable();
      }
    }
  }

  private void close(Element element) {
    mains -= HtmlTags.isMain(element) ? 1 : 0;
    if (HtmlTags.isBlock(element)) {
      layout.end(element.normalName());
    }
    if (element.equals(aside)) {
      layout.layer(Layer.BODY);
      aside = null;
    }
  }

  /** What stands aside from the body does so as a whole, whatever is in it. */
  private void enterAside(Element element) {
    Layer layer = aside == null ? HtmlTags.layer(element, mains > 0) : Layer.BODY;
    if (layer != Layer.BODY) {
      layout.layer(layer);
      aside = element;
    }
  }
}
