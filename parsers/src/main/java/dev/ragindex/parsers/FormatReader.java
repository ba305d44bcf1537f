package dev.ragindex.parsers;

import java.io.IOException;
import org.apache.tika.exception.TikaException;
import org.xml.sax.SAXException;

/** Reads one family of formats. Implementations are thread-safe. */
interface FormatReader {

  /**
   * Writes the content as blocks.
   *
   * @throws dev.ragindex.api.IndexingException if the reason is known
   * @throws IOException if the content is damaged
   * @throws SAXException if the content is damaged
   * @throws TikaException if the content is damaged
   */
  void read(Content content, DocumentWriter out) throws IOException, SAXException, TikaException;
}
