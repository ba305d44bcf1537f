package dev.ragindex.parsers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.apache.tika.mime.MediaType.TEXT_PLAIN;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.tika.config.TikaConfig;
import org.apache.tika.detect.Detector;
import org.apache.tika.detect.TextDetector;
import org.apache.tika.exception.TikaException;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MediaTypeRegistry;
import org.xml.sax.SAXException;

/** Finds out what a file is and which reader it goes to. */
final class Formats {

  private static final Set<MediaType> HTML = Set.of(MediaType.TEXT_HTML, HtmlReader.XHTML);
  private static final MediaType MARKDOWN = MediaType.text("markdown");
  private static final MediaType MBOX = MediaType.application("mbox");

  /** How formats that are no text begin as text does: PDF, PostScript, RTF. */
  private static final List<String> NO_TEXT = List.of("%PDF", "%!PS", "{\\rtf");

  private static final int BEGINNING = 64;

  /** In UTF-8, its bytes as characters. */
  private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF";

  private static final Set<String> PROSE =
      Set.of(
          "text/plain",
          "text/csv",
          "text/tab-separated-values",
          "text/troff",
          "text/vtt",
          "text/x-asciidoc",
          "text/x-log",
          "text/x-rst",
          "text/x-setext",
          "application/x-subrip",
          "application/x-latex",
          "application/x-tex");

  private final Detector names;
  private final Detector textOrNot = new TextDetector();
  private final Detector detector;
  private final MediaTypeRegistry types;
  private final TikaReader tika;
  private final FormatReader html = new HtmlReader();
  private final FormatReader markdown = new MarkdownReader();
  private final FormatReader prose = TextReader.prose();
  private final FormatReader code = TextReader.code();

  Formats(ParserLimits limits) {
    TikaConfig config = TikaConfig.getDefaultConfig();
    this.names = config.getMimeRepository();
    this.detector = config.getDetector();
    this.types = config.getMediaTypeRegistry();
    this.tika = new TikaReader(this, config, limits);
  }

  Content detect(TikaInputStream stream, String name) throws IOException {
    Metadata metadata = Content.named(name);
    MediaType named = names.detect(null, metadata).getBaseType();
    boolean isText = named.getType().equals("text") && !HTML.contains(named);
    MediaType type =
        isText && beginsAs(named, stream) ? named : detector.detect(stream, metadata).getBaseType();
    return new Content(stream, name, isMeantAsText(name, type) ? TEXT_PLAIN : type);
  }

  /**
   * Text is what its name says. By its content Tika takes source code that quotes HTML for HTML, as
   * it does Markdown that begins with a tag, and a note that begins with "From" for mail; and it
   * tries two thousand patterns to do so. Other text that begins with a tag may be a page saved
   * under its program's name.
   */
  private boolean beginsAs(MediaType named, TikaInputStream stream) throws IOException {
    byte[] bytes = new byte[BEGINNING];
    int length = Math.max(0, stream.peek(bytes));
    String beginning = new String(bytes, 0, length, ISO_8859_1);
    int start = beginning.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length() : 0;
    String text = beginning.substring(start).stripLeading();
    boolean isOther =
        NO_TEXT.stream().anyMatch(text::startsWith)
            || (!named.equals(MARKDOWN) && text.startsWith("<"));
    return !isOther && textOrNot.detect(stream, new Metadata()).equals(TEXT_PLAIN);
  }

  /** Writes the content; an empty file gives nothing, whatever its name. */
  void read(Content content, DocumentWriter out) throws IOException, SAXException, TikaException {
    if (!content.isEmpty()) {
      reader(content).read(content, out);
    }
  }

  private FormatReader reader(Content content) {
    MediaType type = content.type();
    if (HTML.contains(type)) {
      return html;
    }
    if (type.equals(MARKDOWN)) {
      return markdown;
    }
    if (tika.reads(type)) {
      return tika;
    }
    if (isText(type) || type.equals(MediaType.OCTET_STREAM)) {
      return isProse(content) ? prose : code;
    }
    throw Budget.content("unsupported: a file of type " + type + " holds no text");
  }

  static boolean isImage(MediaType type) {
    return type.getType().equals("image");
  }

  private boolean isText(MediaType type) {
    return !isImage(type)
        && (type.getType().equals("text") || types.isInstanceOf(type, TEXT_PLAIN));
  }

  /** What a file named {@code .txt} holds may look like mail or some language; it is text. */
  private static boolean isMeantAsText(String name, MediaType type) {
    boolean guess = type.getType().equals("message") || type.getSubtype().startsWith("x-");
    return name.toLowerCase(Locale.ROOT).endsWith(".txt")
        && (type.equals(MBOX) || (guess && !type.getType().equals("application")));
  }

  private static boolean isProse(Content content) {
    return PROSE.contains(content.type().toString())
        || content.type().equals(MediaType.OCTET_STREAM);
  }
}
