package dev.ragindex.parsers;

import static org.apache.tika.mime.MediaType.TEXT_PLAIN;

import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.apache.tika.config.TikaConfig;
import org.apache.tika.detect.Detector;
import org.apache.tika.exception.TikaException;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MediaTypeRegistry;
import org.xml.sax.SAXException;

/** Finds out what a file is and which reader it goes to. */
final class Formats {

  private static final Set<MediaType> HTML = Set.of(MediaType.TEXT_HTML, HtmlReader.XHTML);
  private static final MediaType MBOX = MediaType.application("mbox");
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

  private final Detector detector;
  private final MediaTypeRegistry types;
  private final TikaReader tika;
  private final FormatReader html = new HtmlReader();
  private final FormatReader markdown = new MarkdownReader();
  private final FormatReader prose = TextReader.prose();
  private final FormatReader code = TextReader.code();

  Formats(ParserLimits limits) {
    TikaConfig config = TikaConfig.getDefaultConfig();
    this.detector = config.getDetector();
    this.types = config.getMediaTypeRegistry();
    this.tika = new TikaReader(this, config, limits);
  }

  Content detect(TikaInputStream stream, String name) throws IOException {
    MediaType type = detector.detect(stream, Content.named(name)).getBaseType();
    return new Content(stream, name, isMeantAsText(name, type) ? TEXT_PLAIN : type);
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
    if (type.toString().equals("text/markdown")) {
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
