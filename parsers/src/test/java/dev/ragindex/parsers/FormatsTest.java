package dev.ragindex.parsers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragindex.api.Document;
import dev.ragindex.api.IndexingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text is what its name says, as long as it is text. */
class FormatsTest {

  private static final String SCRIPT =
      "\"\"\"Tells what a page is.\"\"\"\n\nPAGE = \"\"\"\n<!DOCTYPE html>\n<html><head>\n\"\"\"\n";

  @Test
  void markdown_that_begins_with_a_tag_is_markdown() {
    Document document =
        Sample.of("README.md", "<h1 align=center>Loom</h1>\n\n# Use\n\nIt weaves.\n").parse();

    assertThat(document.mediaType()).isEqualTo("text/markdown");
    assertThat(Sample.show(document)).contains("HEADING 1: Use", "PARAGRAPH: It weaves.");
  }

  @Test
  void source_code_that_quotes_html_is_source_code() {
    Document document = Sample.of("page.py", SCRIPT).parse();

    assertThat(document.mediaType()).isEqualTo("text/x-python");
    assertThat(document.text()).isEqualTo(SCRIPT);
  }

  @Test
  void note_that_begins_as_mail_does_is_a_note() {
    String note = "From: Ada\nSubject: engines\nDate: yesterday\n\nIt weaves patterns.\n";

    assertThat(Sample.of("note.txt", note).parse().mediaType()).isEqualTo("text/plain");
    assertThat(Sample.of("note.eml", note).parse().mediaType()).isEqualTo("message/rfc822");
  }

  @ParameterizedTest
  @CsvSource({
    "page.txt, '<html><body>It weaves.</body></html>', text/html",
    "page.txt, '\n <!DOCTYPE html><html><body>It weaves.</body></html>', text/html",
    "page.txt, '\n\n\n\n\n\n\n\n<html><body>It weaves.</body></html>', text/html",
    "page.txt, '\uFEFF<html><body>It weaves.</body></html>', text/html",
    "index.php, '<!DOCTYPE html><html><body>It weaves.</body></html>', text/html",
    "index.php, '<?php weave(); ?>', text/x-php",
    "odd.txt, '<?php weave(); ?>', text/plain",
    "robots.txt, 'User-agent: *\nDisallow: /loom\n', text/plain",
    "report.txt, '{\\rtf1\\ansi It weaves.\\par}', application/rtf",
    "report.md, '{\\rtf1\\ansi It weaves.\\par}', application/rtf",
    "page, '<html><body>It weaves.</body></html>', text/html"
  })
  void other_formats_in_text_files_are_seen(String name, String text, String type) {
    assertThat(Sample.of(name, text).parse().mediaType()).isEqualTo(type);
  }

  @Test
  void note_in_an_old_encoding_that_begins_as_mail_does_is_a_note() {
    String note =
        "From: \u0410\u0434\u0430\nSubject: \u043c\u0430\u0448\u0438\u043d\u0430\n\n"
            + "\u041e\u043d\u0430 \u0442\u043a\u0451\u0442 \u0443\u0437\u043e\u0440\u044b.\n"
                .repeat(9);

    Document document =
        new Sample("note.txt", note.getBytes(Charset.forName("windows-1251"))).parse();

    assertThat(document.mediaType()).isEqualTo("text/plain");
  }

  @ParameterizedTest
  @ValueSource(strings = {"image.txt", "image.md", "image.py"})
  void what_is_no_text_is_none_by_any_name(String name) {
    byte[] png = "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR\0\0".getBytes(StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> new Sample(name, png).parse())
        .isInstanceOf(IndexingException.class)
        .hasMessageContaining("image/png");
  }

  @Test
  void utf_16_is_text() {
    byte[] bytes = "Es webt.\n\nUnd webt.".getBytes(StandardCharsets.UTF_16);

    assertThat(new Sample("note.md", bytes).parse().text()).contains("Es webt.");
  }
}
