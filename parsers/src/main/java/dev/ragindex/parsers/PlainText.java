package dev.ragindex.parsers;

import dev.ragindex.api.CanonicalText;
import java.io.IOException;
import java.util.Arrays;

/**
 * A text file as its own canonical text: decoded, line ends made LF, what no store can keep
 * replaced, nothing else changed, so that offsets point into the file as an editor shows it.
 */
final class PlainText {

  /** No encoding uses more bytes for a UTF-16 unit. */
  private static final int MAX_BYTES_PER_CHARACTER = 4;

  private static final int SAMPLE = 1 << 16;

  private PlainText() {}

  /** Reads and decodes; a file that must exceed the limit on text is refused before decoding. */
  static String read(Content content, DocumentWriter out) throws IOException {
    long most = (long) MAX_BYTES_PER_CHARACTER * out.budget().limits().textCharacters() + 4;
    byte[] bytes = content.bytes(most);
    if (bytes.length > most) {
      refuseBinary(TextDecoder.decode(Arrays.copyOf(bytes, SAMPLE)).text());
      out.budget().requireRoom(most);
    }
    TextDecoder.Decoded decoded = TextDecoder.decode(bytes);
    out.budget().requireRoom(decoded.text().length());
    refuseBinary(decoded.text());
    if (decoded.damaged() > 0) {
      out.warn("recovered: " + decoded.damaged() + " characters could not be decoded");
    }
    return CanonicalText.clean(unixLines(decoded.text()));
  }

  private static String unixLines(String text) {
    return text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
  }

  /** Text may hold a stray control character; one in twenty makes it something else. */
  private static void refuseBinary(String text) {
    long controls = text.chars().filter(PlainText::isControl).count();
    if (controls * 20 > text.length()) {
      throw Budget.content("not text: the file holds binary data");
    }
  }

  private static boolean isControl(int c) {
    return c < ' ' ? c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1B : c == 0xFFFD;
  }
}
