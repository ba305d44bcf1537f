package dev.ragindex.parsers;

import dev.ragindex.api.IndexingException;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.apache.tika.config.TikaConfig;
import org.apache.tika.exception.TikaException;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.apache.tika.parser.AutoDetectParser;
import org.apache.tika.parser.AutoDetectParserConfig;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.microsoft.OfficeParserConfig;
import org.apache.tika.parser.pdf.PDFParserConfig;
import org.xml.sax.SAXException;

/** Reads PDF, office documents, e-books and e-mail through Tika's parsers. */
final class TikaReader implements FormatReader {

  private static final MediaType PDF = MediaType.application("pdf");

  /** Read better by our own readers, or by parsers with a long record of crashes. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "text/plain",
          "text/csv",
          "text/tsv",
          "text/html",
          "application/xhtml+xml",
          "application/x-asp",
          "application/xml",
          "application/onenote",
          "application/chm",
          "application/x-chm",
          "application/vnd.ms-htmlhelp",
          "application/x-activemime",
          "application/x-tnef",
          "application/vnd.ms-tnef",
          "application/x-dbf");

  private final Formats formats;
  private final AutoDetectParser parser;
  private final Set<MediaType> types = new HashSet<>();

  TikaReader(Formats formats, TikaConfig config, ParserLimits limits) {
    this.formats = formats;
    this.parser = new AutoDetectParser(config);
    parser.setAutoDetectParserConfig(guards(limits));
    for (MediaType type : parser.getSupportedTypes(new ParseContext())) {
      if (!Formats.isImage(type) && !LEFT_OUT.contains(type.getBaseType().toString())) {
        types.add(type.getBaseType());
      }
    }
  }

  /** Tika's guard counts what comes out against what went in; nesting is counted by us. */
  private static AutoDetectParserConfig guards(ParserLimits limits) {
    AutoDetectParserConfig config = new AutoDetectParserConfig();
    config.setMaximumCompressionRatio(limits.expansion());
    config.setMaximumDepth(Integer.MAX_VALUE);
    return config;
  }

  boolean reads(MediaType type) {
    return types.contains(type);
  }

  @Override
  public void read(Content content, DocumentWriter out)
      throws IOException, SAXException, TikaException {
    ZipCheck.of(content, out.budget());
    boolean cut = content.type().equals(PDF) && PdfEnd.isMissing(content.stream().getPath());
    Metadata metadata = content.metadata();
    metadata.set(TikaCoreProperties.CONTENT_TYPE_PARSER_OVERRIDE, content.type().toString());
    XhtmlBlocks blocks = new XhtmlBlocks(out, isSpreadsheet(content.type()));
    boolean damaged = !parse(content, blocks, metadata, out);
    out.budget().rethrow();
    facts(metadata, out);
    warn(content, blocks, out, cut || damaged || hasComplaint(metadata));
  }

  /** Returns false if the parser broke off, after text that is worth keeping. */
  private boolean parse(
      Content content, XhtmlBlocks blocks, Metadata metadata, DocumentWriter out) {
    try {
      parser.parse(content.stream(), blocks, metadata, context(blocks, out));
      blocks.flush();
      return true;
    } catch (IOException | SAXException | TikaException | RuntimeException e) {
      out.budget().rethrow();
      IndexingException known = Failures.known(e);
      blocks.flush();
      if (known != null || out.isEmpty()) {
        throw Failures.of(e);
      }
      return false;
    }
  }

  private ParseContext context(XhtmlBlocks blocks, DocumentWriter out) {
    ParseContext context = new ParseContext();
    context.set(OfficeParserConfig.class, office());
    context.set(PDFParserConfig.class, pdf());
    context.set(EmbeddedDocumentExtractor.class, new EmbeddedDocuments(formats, blocks, out));
    return context;
  }

  /**
   * Word files are streamed, as a tree of them needs a hundred times their size. Slides are not:
   * streamed, they come in another order, and their notes cannot be told from their text.
   */
  private static OfficeParserConfig office() {
    OfficeParserConfig config = new OfficeParserConfig();
    config.setUseSAXDocxExtractor(true);
    config.setIncludeHeadersAndFooters(false);
    return config;
  }

  /** Tags stay unread, as text extracted by tags has lost its page; bookmarks repeat headings. */
  private static PDFParserConfig pdf() {
    PDFParserConfig config = new PDFParserConfig();
    config.setExtractMarkedContent(false);
    config.setExtractBookmarksText(false);
    config.setSortByPosition(false);
    config.setOcrStrategy(PDFParserConfig.OCR_STRATEGY.NO_OCR);
    config.setMaxMainMemoryBytes(64L << 20);
    config.setThrowOnEncryptedPayload(true);
    return config;
  }

  private static void facts(Metadata metadata, DocumentWriter out) {
    out.title(metadata.get(TikaCoreProperties.TITLE));
    out.fact("author", metadata.get(TikaCoreProperties.CREATOR));
    out.fact("description", metadata.get(TikaCoreProperties.DESCRIPTION));
    out.fact("language", metadata.get(TikaCoreProperties.LANGUAGE));
  }

  private static boolean hasComplaint(Metadata metadata) {
    return metadata.get(TikaCoreProperties.TIKA_META_EXCEPTION_WARNING) != null
        || metadata.get(TikaCoreProperties.EMBEDDED_EXCEPTION) != null;
  }

  private static void warn(
      Content content, XhtmlBlocks blocks, DocumentWriter out, boolean damaged) {
    if (damaged && out.isEmpty()) {
      throw Budget.content("damaged: the file is cut off or broken and no text could be read");
    }
    if (damaged) {
      out.warn("recovered: the file is cut off or broken, text may be missing");
    }
    if (content.type().equals(PDF) && blocks.emptyPages() * 2 > blocks.pages()) {
      out.warn(
          "needs OCR: " + blocks.emptyPages() + " of " + blocks.pages() + " pages hold no text");
    }
  }

  private static boolean isSpreadsheet(MediaType type) {
    String name = type.toString();
    return name.contains("excel") || name.contains("spreadsheet");
  }
}
