package dev.ragindex.parsers;

import dev.ragindex.api.IndexingException;
import org.apache.tika.exception.EncryptedDocumentException;
import org.apache.tika.exception.TikaException;
import org.apache.tika.exception.UnsupportedFormatException;
import org.apache.tika.exception.WriteLimitReachedException;
import org.jspecify.annotations.Nullable;
import org.xml.sax.SAXParseException;

/**
 * Names what went wrong in words a person understands. Messages of foreign exceptions are not
 * passed on: they may quote the document.
 */
final class Failures {

  private static final int MAX_CAUSES = 20;

  private Failures() {}

  /** The problem behind whatever a parser threw. */
  static IndexingException of(Throwable thrown) {
    IndexingException known = known(thrown);
    if (known != null) {
      return known;
    }
    return Budget.content(
        "damaged: the content does not follow its format (" + name(thrown) + ")", thrown);
  }

  /** The problem that this throwable or a cause of it names, or null if it may be any damage. */
  static @Nullable IndexingException known(Throwable thrown) {
    Throwable cause = thrown;
    for (int i = 0; cause != null && i < MAX_CAUSES; i++, cause = cause.getCause()) {
      IndexingException known = knownAlone(cause);
      if (known != null) {
        return known;
      }
    }
    return null;
  }

  private static @Nullable IndexingException knownAlone(Throwable cause) {
    return switch (cause) {
      case IndexingException e -> e;
      case EncryptedDocumentException e -> Budget.content("encrypted: a password is needed", e);
      case UnsupportedFormatException e ->
          Budget.content("unsupported: this variant of the format cannot be read", e);
      case WriteLimitReachedException e -> Budget.content("too large: too much text", e);
      case StackOverflowError e ->
          Budget.content("nested too deeply for the parser of this format", e);
      case OutOfMemoryError e ->
          Budget.content("parsing needs more memory than this JVM has (see -Xmx)", e);
      case TikaException e when "Zip bomb detected!".equals(e.getMessage()) ->
          Budget.content("too large: expands to many times its size (the limit expansion)", e);
      case SAXParseException e when isXmlLimit(e) ->
          Budget.content("too large: XML nested or expanding beyond what its parser allows", e);
      case LinkageError e ->
          Budget.content("reading this needs a library that is not installed: " + name(e), e);
      default -> null;
    };
  }

  private static String name(Throwable thrown) {
    return thrown.getClass().getSimpleName();
  }

  /** The JDK's own limits (java.xml, "Processing Limits") are told by the code of their message. */
  private static boolean isXmlLimit(SAXParseException e) {
    return String.valueOf(e.getMessage()).startsWith("JAXP00010");
  }
}
