package dev.ragindex.parsers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragindex.api.Document;
import dev.ragindex.api.MetadataValue;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class TikaReaderTest {

  @Test
  void pdf_text_knows_its_page() throws IOException {
    byte[] bytes =
        OfficeFiles.pdf(
            List.of(
                List.of("The first page begins", "and goes on.", "", "\u2022 an item"),
                List.of("The second page.")));

    Document pdf = new Sample("a.pdf", bytes).parse();

    assertThat(pdf.title()).isEqualTo("A PDF");
    assertThat(pdf.mediaType()).isEqualTo("application/pdf");
    assertThat(pdf.metadata().get("author")).isEqualTo(new MetadataValue.Text("Ann"));
    assertThat(Sample.show(pdf))
        .containsExactly(
            "PARAGRAPH p1: The first page begins and goes on.",
            "LIST_ITEM 1 p1: an item",
            "PARAGRAPH p2: The second page.");
    assertThat(pdf.warnings()).isEmpty();
  }

  @Test
  void pdf_whose_pages_hold_no_text_needs_ocr() throws IOException {
    byte[] bytes = OfficeFiles.pdf(List.of(List.of(), List.of(), List.of("Some words here")));

    assertThat(new Sample("scan.pdf", bytes).parse().warnings())
        .containsExactly("needs OCR: 2 of 3 pages hold no text");
  }

  @Test
  void word_file_has_headings_lists_and_rows() throws IOException {
    Document word = new Sample("a.docx", OfficeFiles.docx()).parse();

    assertThat(word.title()).isEqualTo("Leave");
    assertThat(Sample.show(word))
        .containsExactly(
            "HEADING 1: How to leave",
            "PARAGRAPH: Everyone has 30 days.",
            "HEADING 2: Steps",
            "LIST_ITEM 1: ask",
            "LIST_ITEM 1: go",
            "TABLE_ROW: Year | Days",
            "TABLE_ROW: 1 | 30");
  }

  @Test
  void workbook_has_a_page_per_sheet_and_no_headings() throws IOException {
    assertThat(Sample.show(new Sample("a.xlsx", OfficeFiles.xlsx()).parse()))
        .containsExactly(
            "PARAGRAPH p1: Leave",
            "TABLE_ROW p1: Year | Days",
            "TABLE_ROW p1: 1 | 30.5",
            "PARAGRAPH p2: Other",
            "TABLE_ROW p2: alone");
  }

  @Test
  void slides_are_pages_in_order_and_notes_stand_behind_the_body() throws IOException {
    Document show = new Sample("a.pptx", OfficeFiles.pptx(3)).parse();

    assertThat(Sample.show(show))
        .startsWith(
            "PARAGRAPH p1: Title 1",
            "PARAGRAPH p1: first 1",
            "PARAGRAPH p1: second 1",
            "PARAGRAPH p2: Title 2")
        .contains("PARAGRAPH p3: second 3", "NOTE PARAGRAPH p1: say 1", "NOTE PARAGRAPH p3: say 3");
    assertThat(show.indexedText()).doesNotContain("say");
  }

  @Test
  void rich_text_is_read() {
    String rtf =
        "{\\rtf1\\ansi{\\info{\\title Note}}\\pard Hello \\b bold\\b0  world.\\par Bye.\\par}";

    Document note = Sample.of("a.rtf", rtf).parse();

    assertThat(note.title()).isEqualTo("Note");
    assertThat(Sample.show(note))
        .containsExactly("PARAGRAPH: Hello bold world.", "PARAGRAPH: Bye.");
  }

  @Test
  void open_document_text_has_headings_and_nested_lists() throws IOException {
    byte[] odt =
        OfficeFiles.zip(
            "mimetype",
            "application/vnd.oasis.opendocument.text",
            "content.xml",
            """
            <office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
              xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>
              <text:h text:outline-level="2">Steps</text:h><text:p>Words</text:p>
              <text:list><text:list-item><text:p>ask</text:p><text:list><text:list-item>
              <text:p>first</text:p></text:list-item></text:list></text:list-item></text:list>
            </office:text></office:body></office:document-content>
            """);

    assertThat(Sample.show(new Sample("a.odt", odt).parse()))
        .containsExactly(
            "HEADING 2: Steps", "PARAGRAPH: Words", "LIST_ITEM 1: ask", "LIST_ITEM 2: first");
  }

  @Test
  void mail_has_its_subject_as_title_and_its_attachments_after_its_text() throws IOException {
    String mail =
        """
        From: Ann <ann@example.com>
        Subject: Leave next week
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=x

        --x
        Content-Type: text/plain; charset=utf-8

        Hello Bob,

        see the file.
        --x
        Content-Type: text/markdown; name="plan.md"
        Content-Disposition: attachment; filename="plan.md"

        # Plan

        - swim
        --x--
        """;

    Document parsed = Sample.of("a.eml", mail.replace("\n", "\r\n")).parse();

    assertThat(parsed.title()).isEqualTo("Leave next week");
    assertThat(Sample.show(parsed))
        .containsExactly(
            "PARAGRAPH: Hello Bob,",
            "PARAGRAPH: see the file.",
            "HEADING 1: Plan",
            "LIST_ITEM 1: swim");
  }

  @Test
  void attachment_that_cannot_be_read_leaves_a_warning() throws IOException {
    String mail =
        "Subject: s\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
            + "--x\r\nContent-Type: text/plain\r\n\r\nwords\r\n"
            + "--x\r\nContent-Type: application/zip; name=\"z.zip\"\r\n"
            + "Content-Disposition: attachment; filename=\"z.zip\"\r\n"
            + "Content-Transfer-Encoding: base64\r\n\r\n"
            + Base64.getEncoder().encodeToString(OfficeFiles.zip("a", "b"))
            + "\r\n--x--\r\n";

    Document parsed = Sample.of("a.eml", mail).parse();

    assertThat(Sample.show(parsed)).containsExactly("PARAGRAPH: words");
    assertThat(parsed.warnings())
        .containsExactly(
            "part left out: unsupported: a file of type application/zip holds no text");
  }
}
