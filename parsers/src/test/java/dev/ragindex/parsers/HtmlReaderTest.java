package dev.ragindex.parsers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragindex.api.Document;
import dev.ragindex.api.MetadataValue;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HtmlReaderTest {

  private static Document parse(String body) {
    return Sample.of("page.html", "<!DOCTYPE html><html><body>" + body + "</body></html>").parse();
  }

  @Test
  void page_becomes_blocks_in_reading_order_with_menus_behind_the_body() {
    Document page = Sample.resource("page.html").parse();

    assertThat(page.title()).isEqualTo("Leave – Handbook");
    assertThat(page.mediaType()).isEqualTo("text/html");
    assertThat(page.metadata().get("author")).isEqualTo(new MetadataValue.Text("HR"));
    assertThat(page.metadata().get("language")).isEqualTo(new MetadataValue.Text("en"));
    assertThat(Sample.show(page))
        .containsExactly(
            "HEADING 1: Leave",
            "PARAGRAPH: Everyone has 30 days of leave a year.",
            "HEADING 2: How to ask",
            "LIST_ITEM 1: Fill in the form:",
            "LIST_ITEM 2: first day",
            "LIST_ITEM 2: last day",
            "PARAGRAPH: Both dates count.",
            "LIST_ITEM 1: Send it.",
            "CODE: leave --from 1\n      --to 5",
            "PARAGRAPH: Days by year of service",
            "TABLE_HEADER: Year | Days",
            "TABLE_ROW: 1 | 30",
            "TABLE_ROW: 2 to 5 | 32",
            "PARAGRAPH: carry over",
            "PARAGRAPH: Days left may be taken until March.",
            "PARAGRAPH: Text outside of a paragraph.",
            "NAVIGATION LIST_ITEM 1: Home",
            "NAVIGATION LIST_ITEM 1: Leave",
            "HIDDEN PARAGRAPH: Seen by nobody",
            "FOOTER PARAGRAPH: © Example Ltd");
  }

  @Test
  void lists_and_tables_hold_together_and_all_else_is_set_off_by_an_empty_line() {
    Document page =
        parse("<p>a<ul><li>b<li>c</ul><ul><li>d</ul><table><tr><td>1<td>2<tr><td>3<td>4</table>");

    assertThat(page.text()).isEqualTo("a\n\nb\nc\n\nd\n\n1 | 2\n3 | 4\n\n");
  }

  @Test
  void appended_paragraph_leaves_all_text_before_as_it_was() {
    String shorter = parse("<h1>T</h1><ul><li>one</ul>").text();
    String longer = parse("<h1>T</h1><ul><li>one</ul><p>two").text();

    assertThat(longer).isEqualTo(shorter + "two\n\n");
  }

  @Test
  void white_space_collapses_in_text_and_stays_in_code() {
    Document page = parse("<p> a \n\t <b> b</b>&nbsp;c&shy;d<br>e</p><pre>\n  x\n\n   y \n</pre>");

    assertThat(Sample.show(page)).containsExactly("PARAGRAPH: a b cd\ne", "CODE:   x\n\n   y");
  }

  @Test
  void header_of_the_main_content_is_content_and_the_page_header_is_navigation() {
    Document page =
        parse("<header>Site</header><main><header><h1>T</h1></header><p>x</main><footer>f");

    assertThat(Sample.show(page))
        .containsExactly(
            "HEADING 1: T", "PARAGRAPH: x", "NAVIGATION PARAGRAPH: Site", "FOOTER PARAGRAPH: f");
  }

  @Test
  void page_of_nothing_but_menus_has_an_empty_body() {
    Document page = parse("<nav><a>x</a></nav>");

    assertThat(page.indexedText()).isEmpty();
    assertThat(page.text()).isEqualTo("x\n\n");
  }

  @Test
  void layout_table_is_read_as_if_it_were_not_there() {
    Document page = parse("<table><tr><td>menu<td><h2>T</h2><p>x</table>");

    assertThat(Sample.show(page))
        .containsExactly("PARAGRAPH: menu", "HEADING 2: T", "PARAGRAPH: x");
  }

  @Test
  void declared_encoding_is_followed_and_an_undeclared_one_is_found() {
    String declared = "<meta charset=koi8-r><p>Отпуск";
    String undeclared = "<p>Señor Muñoz está aquí";

    assertThat(bytes(declared, Charset.forName("KOI8-R")).indexedText()).isEqualTo("Отпуск\n\n");
    assertThat(bytes(undeclared, Charset.forName("windows-1252")).indexedText())
        .isEqualTo("Señor Muñoz está aquí\n\n");
    assertThat(bytes("\uFEFF<p>é", StandardCharsets.UTF_16LE).indexedText()).isEqualTo("é\n\n");
  }

  @Test
  void empty_xhtml_title_and_script_do_not_swallow_the_page() {
    Document page =
        Sample.of(
                "a.xhtml",
                "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><head><title/>"
                    + "<script src='x'/></head><body><p>text</p></body></html>")
            .parse();

    assertThat(page.indexedText()).isEqualTo("text\n\n");
  }

  @Test
  void hundred_thousand_nested_elements_are_read() {
    int depth = 100_000;
    Document page = parse("<div>".repeat(depth) + "deep" + "</div>".repeat(depth));

    assertThat(page.indexedText()).isEqualTo("deep\n\n");
  }

  private static Document bytes(String html, Charset charset) {
    return new Sample("page.html", html.getBytes(charset)).parse();
  }
}
