package dev.ragindex.app;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;

/** Makes files that give parsers trouble. */
record BadFiles(Path folder) {

  private static final String WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

  void empty(String name) throws IOException {
    Files.createFile(folder.resolve(name));
  }

  /** Bytes without meaning. */
  void junk(String name) throws IOException {
    byte[] bytes = new byte[20_000];
    new Random(7).nextBytes(bytes);
    Files.write(folder.resolve(name), bytes);
  }

  void latin1(String name, String text) throws IOException {
    Files.write(folder.resolve(name), text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** A file that takes no space on disk but has a length. */
  void sparse(String name, long length) throws IOException {
    try (var file = new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
      file.setLength(length);
    }
  }

  void oneLine(String name, int characters) throws IOException {
    Files.writeString(folder.resolve(name), "word ".repeat(characters / 5));
  }

  void nestedDivs(String name, int depth) throws IOException {
    Files.writeString(
        folder.resolve(name), "<div>".repeat(depth) + "deep down" + "</div>".repeat(depth));
  }

  void billionLaughs(String name) throws IOException {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?>\n<!DOCTYPE lolz [\n");
    xml.append("<!ENTITY lol0 \"lol\">\n");
    for (int i = 1; i < 10; i++) {
      String tenOfThose = ("&lol" + (i - 1) + ";").repeat(10);
      xml.append("<!ENTITY lol").append(i).append(" \"").append(tenOfThose).append("\">\n");
    }
    Files.writeString(folder.resolve(name), xml + "]>\n<lolz>&lol9;</lolz>\n");
  }

  void truncatedPdf(String name) throws IOException {
    byte[] whole = pdf(false);
    Files.write(folder.resolve(name), Arrays.copyOf(whole, whole.length / 2));
  }

  void encryptedPdf(String name) throws IOException {
    Files.write(folder.resolve(name), pdf(true));
  }

  private static byte[] pdf(boolean encrypted) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PDDocument pdf = new PDDocument()) {
      PDPage page = new PDPage();
      pdf.addPage(page);
      try (PDPageContentStream content = new PDPageContentStream(pdf, page)) {
        content.beginText();
        content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
        content.newLineAtOffset(50, 700);
        content.showText("A page of a document.");
        content.endText();
      }
      if (encrypted) {
        pdf.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
      }
      pdf.save(bytes);
    }
    return bytes.toByteArray();
  }

  void truncatedDocx(String name) throws IOException {
    byte[] whole = docx("<w:t>A page.</w:t>".getBytes(StandardCharsets.UTF_8), 1);
    Files.write(folder.resolve(name), Arrays.copyOf(whole, whole.length / 2));
  }

  /** A Word document of a few kilobytes that unpacks to 300 MB. */
  void zipBomb(String name) throws IOException {
    byte[] block = new byte[1 << 20];
    Arrays.fill(block, (byte) ' ');
    Files.write(folder.resolve(name), docx(block, 300));
  }

  private static byte[] docx(byte[] content, int times) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      entry(
          zip,
          "[Content_Types].xml",
          """
          <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
          <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
          <Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
          </Types>
          """);
      entry(
          zip,
          "_rels/.rels",
          """
          <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
          <Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>
          </Relationships>
          """);
      zip.putNextEntry(new ZipEntry("word/document.xml"));
      write(zip, "<w:document xmlns:w=\"" + WORD + "\"><w:body><w:p><w:r>");
      for (int i = 0; i < times; i++) {
        zip.write(content);
      }
      write(zip, "</w:r></w:p></w:body></w:document>");
      zip.closeEntry();
    }
    return bytes.toByteArray();
  }

  private static void entry(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    write(zip, text);
    zip.closeEntry();
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
