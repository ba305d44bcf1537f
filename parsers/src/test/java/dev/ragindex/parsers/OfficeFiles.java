package dev.ragindex.parsers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.poi.sl.usermodel.Placeholder;
import org.apache.poi.wp.usermodel.HeaderFooterType;
import org.apache.poi.xslf.usermodel.SlideLayout;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xslf.usermodel.XSLFSlide;
import org.apache.poi.xslf.usermodel.XSLFTextShape;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFStyle;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTStyle;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.STStyleType;

/** Real files, written by PDFBox and POI. */
final class OfficeFiles {

  private OfficeFiles() {}

  /** A PDF with one page per list of lines. */
  static byte[] pdf(List<List<String>> pages) throws IOException {
    try (PDDocument pdf = pages(pages)) {
      return bytes(pdf);
    }
  }

  static byte[] encryptedPdf() throws IOException {
    try (PDDocument pdf = pages(List.of(List.of("secret words")))) {
      pdf.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
      return bytes(pdf);
    }
  }

  private static PDDocument pages(List<List<String>> pages) throws IOException {
    PDDocument pdf = new PDDocument();
    pdf.getDocumentInformation().setTitle("A PDF");
    pdf.getDocumentInformation().setAuthor("Ann");
    for (List<String> lines : pages) {
      PDPage page = new PDPage();
      pdf.addPage(page);
      try (PDPageContentStream content = new PDPageContentStream(pdf, page)) {
        write(content, lines);
      }
    }
    return pdf;
  }

  private static void write(PDPageContentStream content, List<String> lines) throws IOException {
    content.setFont(new PDType1Font(FontName.HELVETICA), 12);
    content.beginText();
    content.newLineAtOffset(72, 700);
    for (String line : lines) {
      content.showText(line);
      content.newLineAtOffset(0, line.isEmpty() ? -40 : -14);
    }
    content.endText();
  }

  private static byte[] bytes(PDDocument pdf) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    pdf.save(out);
    return out.toByteArray();
  }

  /** A Word file with two headings, a list, a table, a header and a footer. */
  static byte[] docx() throws IOException {
    try (XWPFDocument word = new XWPFDocument()) {
      word.getProperties().getCoreProperties().setTitle("Leave");
      word.getProperties().getCoreProperties().setCreator("HR");
      style(word, "H1", "heading 1");
      style(word, "H2", "heading 2");
      style(word, "L", "List Paragraph");
      paragraph(word, "H1", "How to leave");
      paragraph(word, null, "Everyone has 30 days.");
      paragraph(word, "H2", "Steps");
      paragraph(word, "L", "ask");
      paragraph(word, "L", "go");
      XWPFTable table = word.createTable(2, 2);
      for (int i = 0; i < 4; i++) {
        table.getRow(i / 2).getCell(i % 2).setText(List.of("Year", "Days", "1", "30").get(i));
      }
      word.createHeader(HeaderFooterType.DEFAULT)
          .createParagraph()
          .createRun()
          .setText("running header");
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      word.write(out);
      return out.toByteArray();
    }
  }

  private static void style(XWPFDocument word, String id, String name) {
    CTStyle style = CTStyle.Factory.newInstance();
    style.setStyleId(id);
    style.addNewName().setVal(name);
    style.setType(STStyleType.PARAGRAPH);
    word.createStyles().addStyle(new XWPFStyle(style));
  }

  private static void paragraph(XWPFDocument word, String style, String text) {
    XWPFParagraph paragraph = word.createParagraph();
    if (style != null) {
      paragraph.setStyle(style);
    }
    paragraph.createRun().setText(text);
  }

  /** A workbook of two sheets. */
  static byte[] xlsx() throws IOException {
    try (XSSFWorkbook book = new XSSFWorkbook()) {
      XSSFRow header = book.createSheet("Leave").createRow(0);
      header.createCell(0).setCellValue("Year");
      header.createCell(1).setCellValue("Days");
      XSSFRow row = book.getSheetAt(0).createRow(1);
      row.createCell(0).setCellValue(1);
      row.createCell(1).setCellValue(30.5);
      book.createSheet("Other").createRow(0).createCell(0).setCellValue("alone");
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      book.write(out);
      return out.toByteArray();
    }
  }

  /** Slides with a title, two lines and a speaker's note each. */
  static byte[] pptx(int slides) throws IOException {
    try (XMLSlideShow show = new XMLSlideShow()) {
      for (int i = 1; i <= slides; i++) {
        XSLFSlide slide =
            show.createSlide(
                show.getSlideMasters().get(0).getLayout(SlideLayout.TITLE_AND_CONTENT));
        slide.getPlaceholder(0).setText("Title " + i);
        slide.getPlaceholder(1).setText("first " + i + "\nsecond " + i);
        note(show, slide, "say " + i);
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      show.write(out);
      return out.toByteArray();
    }
  }

  private static void note(XMLSlideShow show, XSLFSlide slide, String words) {
    for (XSLFTextShape shape : show.getNotesSlide(slide).getPlaceholders()) {
      if (shape.getTextType() == Placeholder.BODY) {
        shape.setText(words);
      }
    }
  }

  /** A zip file, entries as name and content in turn. */
  static byte[] zip(Object... entries) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (int i = 0; i < entries.length; i += 2) {
        zip.putNextEntry(new ZipEntry((String) entries[i]));
        zip.write(
            entries[i + 1] instanceof byte[] bytes
                ? bytes
                : entries[i + 1].toString().getBytes(StandardCharsets.UTF_8));
      }
    }
    return out.toByteArray();
  }

  /** A Word file whose text is this XML, put into the body. */
  static byte[] docxOf(String documentXml) throws IOException {
    return zip(
        "[Content_Types].xml",
        "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>"
            + "<Default Extension='rels'"
            + " ContentType='application/vnd.openxmlformats-package.relationships+xml'/>"
            + "<Override PartName='/word/document.xml' ContentType='application/vnd."
            + "openxmlformats-officedocument.wordprocessingml.document.main+xml'/></Types>",
        "_rels/.rels",
        "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
            + "<Relationship Id='r1' Target='word/document.xml' Type='http://schemas."
            + "openxmlformats.org/officeDocument/2006/relationships/officeDocument'/>"
            + "</Relationships>",
        "word/document.xml",
        documentXml);
  }
}
