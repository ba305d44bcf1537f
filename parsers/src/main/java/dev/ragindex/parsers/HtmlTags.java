package dev.ragindex.parsers;

import dev.ragindex.api.Block.Layer;
import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Element;

/** What an element means for the layout: shown or not, block or inline, body or menu. */
final class HtmlTags {

  private static final Set<String> DROPPED =
      Set.of("script", "style", "template", "head", "iframe", "noscript", "object", "canvas");

  private static final Set<String> BLOCKS =
      Set.of(
          ("address article aside blockquote body caption center dd details dialog dir div dl dt"
               + " fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html"
               + " legend li main menu nav ol optgroup option p pre search section summary table"
               + " tbody td tfoot th thead tr ul")
              .split(" "));

  /** What makes a table a matter of layout: it is read as if it were not there. */
  private static final Set<String> LAYOUT =
      Set.of("table", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "form", "article", "section");

  private HtmlTags() {}

  static boolean isDropped(Element element) {
    return DROPPED.contains(element.normalName())
        || (element.normalName().equals("a") && element.hasClass("headerlink"));
  }

  static boolean isBlock(Element element) {
    return BLOCKS.contains(element.normalName());
  }

  static boolean isMain(Element element) {
    return switch (element.normalName()) {
      case "main", "article" -> true;
      default -> element.attr("role").equals("main");
    };
  }

  static boolean isHidden(Element element) {
    return element.hasAttr("hidden")
        || element.attr("aria-hidden").equals("true")
        || (element.hasAttr("style") && hides(element.attr("style")));
  }

  private static boolean hides(String style) {
    String squeezed = style.replace(" ", "").toLowerCase(Locale.ROOT);
    return squeezed.contains("display:none") || squeezed.contains("visibility:hidden");
  }

  /**
   * The layer that starts with an element of the body.
   *
   * @param element the element
   * @param inMain whether it stands inside of the page's main content, where a header, footer or
   *     aside belongs to the content
   */
  static Layer layer(Element element, boolean inMain) {
    Layer byRole = layerOfRole(element.attr("role"));
    return byRole != Layer.BODY ? byRole : layerOfTag(element, inMain);
  }

  private static Layer layerOfRole(String role) {
    return switch (role) {
      case "navigation", "search", "banner", "complementary" -> Layer.NAVIGATION;
      case "contentinfo" -> Layer.FOOTER;
      default -> Layer.BODY;
    };
  }

  private static Layer layerOfTag(Element element, boolean inMain) {
    return switch (element.normalName()) {
      case "nav" -> Layer.NAVIGATION;
      case "aside", "header" -> inMain ? Layer.BODY : Layer.NAVIGATION;
      case "footer" -> inMain ? Layer.BODY : Layer.FOOTER;
      case "div" -> layerOfSphinxDiv(element);
      default -> Layer.BODY;
    };
  }

  /** Sphinx's older themes mark menus by class only. */
  private static Layer layerOfSphinxDiv(Element div) {
    if (div.hasClass("related") || div.hasClass("sphinxsidebar")) {
      return Layer.NAVIGATION;
    }
    return div.hasClass("footer") ? Layer.FOOTER : Layer.BODY;
  }

  /** A table of data has rows of several cells, and nothing in them that structures a page. */
  static boolean isDataTable(Element table) {
    return !table.attr("role").equals("presentation")
        && table.stream().skip(1).noneMatch(e -> LAYOUT.contains(e.normalName()))
        && table.stream().anyMatch(e -> e.normalName().equals("tr") && e.childrenSize() > 1);
  }
}
