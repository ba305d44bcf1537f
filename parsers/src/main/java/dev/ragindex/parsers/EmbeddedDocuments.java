package dev.ragindex.parsers;

import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.io.input.CloseShieldInputStream;
import org.apache.tika.exception.TikaException;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.io.TemporaryResources;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.metadata.TikaCoreProperties.EmbeddedResourceType;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/**
 * Reads attachments and other documents inside of a document, each by the reader of its own format,
 * where they are met. Images are passed over; whatever else cannot be read leaves a warning.
 */
final class EmbeddedDocuments implements EmbeddedDocumentExtractor {

  private final Formats formats;
  private final XhtmlBlocks parent;
  private final DocumentWriter out;

  EmbeddedDocuments(Formats formats, XhtmlBlocks parent, DocumentWriter out) {
    this.formats = formats;
    this.parent = parent;
    this.out = out;
  }

  @Override
  public boolean shouldParseEmbedded(Metadata metadata) {
    String type = metadata.get(TikaCoreProperties.EMBEDDED_RESOURCE_TYPE);
    return type == null
        || type.equals(EmbeddedResourceType.INLINE.toString())
        || type.equals(EmbeddedResourceType.ATTACHMENT.toString())
        || type.equals(EmbeddedResourceType.ALTERNATE_FORMAT_CHUNK.toString());
  }

  @Override
  public void parseEmbedded(
      InputStream bytes, ContentHandler handler, Metadata metadata, boolean outputHtml)
      throws SAXException, IOException {
    DocumentWriter child = out.child();
    String name = metadata.get(TikaCoreProperties.RESOURCE_NAME_KEY);
    try (TemporaryResources files = new TemporaryResources()) {
      TikaInputStream stream =
          TikaInputStream.get(CloseShieldInputStream.wrap(bytes), files, metadata);
      read(formats.detect(stream, name == null ? "" : name), child);
    } catch (TikaException | RuntimeException e) {
      out.budget().rethrow();
      out.warn("part left out: " + Failures.of(e).getMessage());
    }
    parent.flush();
    out.append(child);
  }

  private void read(Content content, DocumentWriter child)
      throws IOException, SAXException, TikaException {
    if (!Formats.isImage(content.type())) {
      formats.read(content, child);
    }
  }
}
