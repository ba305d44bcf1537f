package dev.ragindex.parsers;

import dev.ragindex.api.Block.Layer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Feeds the XHTML events of Tika's parsers to a layout. Pages, slides and sheets are told by the
 * class of their {@code div}, and so are notes; names of sheets are no headings.
 */
final class XhtmlBlocks extends DefaultHandler {

  private static final Set<String> BLOCKS =
      Set.of(
          ("blockquote body caption dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p table tbody td tfoot"
                  + " th thead title tr ul")
              .split(" "));

  private static final Set<String> PAGES = Set.of("page", "slide-content", "sheet");
  private static final int SPARSE_PAGE = 10;
  private static final String BULLETS = "•·◦▪‣\uF0B7";

  private final DocumentWriter out;
  private final BlockLayout layout;
  private final Budget budget;
  private final boolean sheets;
  private final Deque<Zone> zones = new ArrayDeque<>();
  private final StringBuilder preformatted = new StringBuilder();
  private int depth;
  private int tables;
  private int pres;
  private int pages;
  private int emptyPages;
  private int pageStart;
  private boolean inBody;
  private boolean lineEnded;
  private boolean blockStart;

  /** An element at some depth, with all that stands in it, and the layer it belongs to. */
  private record Zone(int depth, Layer layer) {}

  /**
   * Starts a document.
   *
   * @param out where the blocks go
   * @param sheets whether its headings are names of sheets
   */
  XhtmlBlocks(DocumentWriter out, boolean sheets) {
    this.out = out;
    this.layout = new BlockLayout(out);
    this.budget = out.budget();
    this.sheets = sheets;
  }

  int pages() {
    return pages;
  }

  /** How many of the pages held next to no text. */
  int emptyPages() {
    return emptyPages;
  }

  /** Writes the block that is still open, at the end or before something from elsewhere. */
  void flush() {
    layout.flush();
  }

  @Override
  public void startElement(String uri, String local, String qualified, Attributes attributes) {
    budget.nesting(++depth);
    String type = String.valueOf(attributes.getValue("class"));
    inBody |= local.equals("body");
    enterZone(type);
    switch (local) {
      case "br" -> lineBreak();
      case "pre" -> pres++;
      case "table" -> startTable();
      default -> startBlock(local, type);
    }
  }

  private void lineBreak() {
    if (pres > 0) {
      preformatted.append('\n');
    } else {
      layout.lineBreak();
    }
  }

  private void startBlock(String local, String type) {
    if (!BLOCKS.contains(local)) {
      return;
    }
    layout.start(name(local));
    blockStart = true;
    if (PAGES.contains(type)) {
      startPage();
    }
    if (type.startsWith("list_") && !layout.inTable()) {
      layout.startItem();
    }
  }

  private void startPage() {
    out.page(++pages);
    pageStart = out.length();
  }

  @Override
  public void endElement(String uri, String local, String qualified) {
    switch (local) {
      case "pre" -> endPreformatted();
      case "table" -> endTable();
      default -> {
        if (BLOCKS.contains(local)) {
          layout.end(name(local));
        }
      }
    }
    leaveZone();
    depth--;
  }

  /** The name of a sheet reads like a heading, but the sheet is no section of the sheets before. */
  private String name(String local) {
    return sheets && BlockLayout.headingLevel(local) > 0 ? "p" : local;
  }

  @Override
  public void characters(char[] text, int start, int length) {
    if (pres > 0) {
      preformatted.append(text, start, length);
      budget.requireRoom(preformatted.length());
    } else if (inBody) {
      running(new String(text, start, length));
    }
  }

  /** The ends of lines within a paragraph of a PDF come this way. */
  @Override
  public void ignorableWhitespace(char[] text, int start, int length) {
    layout.text(" ");
  }

  /** Text with an empty line in it, as in e-mail, holds more than one paragraph. */
  private void running(String text) {
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' && lineEnded && !layout.inTable()) {
        words(text.substring(from, i));
        layout.flush();
        from = i + 1;
      }
      lineEnded = c == '\n' || (lineEnded && c <= ' ');
    }
    words(text.substring(from));
  }

  private void words(String text) {
    String rest = blockStart ? withoutBullet(text) : text;
    blockStart &= text.isBlank();
    layout.text(rest);
  }

  private String withoutBullet(String text) {
    String words = text.stripLeading();
    boolean bullet = !words.isEmpty() && BULLETS.indexOf(words.charAt(0)) >= 0;
    if (!bullet || layout.inTable()) {
      return text;
    }
    layout.startItem();
    return words.substring(1);
  }

  @Override
  public void endDocument() {
    flush();
  }

  private void startTable() {
    if (tables++ == 0) {
      layout.startTable();
    }
  }

  private void endTable() {
    if (--tables == 0) {
      layout.end("table");
    }
  }

  private void endPreformatted() {
    if (--pres == 0) {
      layout.code(preformatted.toString());
      preformatted.setLength(0);
    }
  }

  private void enterZone(String type) {
    Layer layer = layer(type);
    if (layer != Layer.BODY || PAGES.contains(type)) {
      zones.push(new Zone(depth, layer));
      layout.layer(layer);
    }
  }

  private void leaveZone() {
    if (!zones.isEmpty() && zones.peek().depth() == depth) {
      Zone left = zones.pop();
      layout.layer(zones.isEmpty() ? Layer.BODY : zones.peek().layer());
      if (left.layer() == Layer.BODY) {
        endPage();
      }
    }
  }

  private void endPage() {
    layout.flush();
    emptyPages += out.length() - pageStart < SPARSE_PAGE ? 1 : 0;
  }

  private static Layer layer(String type) {
    return switch (type) {
      case "slide-notes", "annotation", "outside" -> Layer.NOTE;
      case "header" -> Layer.HEADER;
      case "footer" -> Layer.FOOTER;
      case "slide-master-content" -> Layer.HIDDEN;
      default -> Layer.BODY;
    };
  }
}
