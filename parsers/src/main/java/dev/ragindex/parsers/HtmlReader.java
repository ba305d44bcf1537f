package dev.ragindex.parsers;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.apache.tika.mime.MediaType;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.NodeTraversor;

/** Reads HTML with jsoup, which bounds the depth of its tree and walks it without recursion. */
final class HtmlReader implements FormatReader {

  static final MediaType XHTML = MediaType.application("xhtml+xml");

  private static final Pattern EMPTY_TAG =
      Pattern.compile("<(title|script|style|textarea|iframe|noscript)((?:\\s[^<>]*)?)/>");

  @Override
  public void read(Content content, DocumentWriter out) throws IOException {
    long limit = out.budget().limits().markupBytes();
    byte[] bytes = content.bytes(limit);
    out.budget().markupBytes(bytes.length);
    out.budget().tags(tags(bytes));
    Document page = parse(content, bytes);
    out.budget().checkpoint();
    out.title(page.title());
    out.fact("author", meta(page, "author"));
    out.fact("description", meta(page, "description"));
    out.fact("language", language(page));
    HtmlBlocks blocks = new HtmlBlocks(out);
    NodeTraversor.filter(blocks, page.body());
    blocks.finish();
  }

  /**
   * Decodes by byte order mark or declaration. A page that declares nothing, or UTF-8 wrongly, is
   * decoded like plain text.
   */
  private static Document parse(Content content, byte[] bytes) throws IOException {
    Document page = Jsoup.parse(new ByteArrayInputStream(bytes), null, "");
    boolean utf8 = page.charset().equals(StandardCharsets.UTF_8);
    String read = new String(bytes, page.charset());
    String text = utf8 ? TextDecoder.decode(bytes).text() : read;
    String html = content.type().equals(XHTML) ? withoutEmptyTags(text) : text;
    return html.equals(read) ? page : Jsoup.parse(html);
  }

  private static long tags(byte[] bytes) {
    long tags = 0;
    for (int i = 1; i < bytes.length; i++) {
      tags += bytes[i - 1] == '<' && bytes[i] != '/' ? 1 : 0;
    }
    return tags;
  }

  /** What is an empty element in XHTML opens one in HTML that swallows the rest of the page. */
  private static String withoutEmptyTags(String xhtml) {
    return EMPTY_TAG.matcher(xhtml).replaceAll("<$1$2></$1>");
  }

  private static String meta(Document page, String name) {
    Element element = page.head().selectFirst("meta[name=" + name + "]");
    return element == null ? "" : element.attr("content");
  }

  private static String language(Document page) {
    Element html = page.selectFirst("html");
    return html == null ? "" : html.attr("lang");
  }
}
