package dev.ragindex.core.source;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;

/**
 * File names as keys and back, without loss.
 *
 * <p>On Unix a name is bytes. Java decodes them by the locale and puts U+FFFD where it cannot, so
 * that two files may look like one. The bytes are still in the {@link Path}: its URI shows each of
 * them. A key is the name as UTF-8; a byte that is not valid there becomes {@code %XX}, and a
 * literal {@code %} before two hex digits becomes {@code %25}.
 */
final class FileNames {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final boolean UTF_8_NAMES =
      "UTF-8".equals(System.getProperty("sun.jnu.encoding", "").toUpperCase(Locale.ROOT));

  private FileNames() {}

  /**
   * The last name of a path, as it stands in keys.
   *
   * @param path a listed path, not a root
   */
  static String keyPart(Path path) {
    Path last = path.getFileName();
    String name = last == null ? "" : last.toString();
    return isLossless(name) ? escapePercent(name) : fromBytes(lastNameBytes(path));
  }

  /**
   * The path that a key names.
   *
   * @param root the folder
   * @param key relative key with {@code /}
   */
  static Path resolve(Path root, String key) {
    StringBuilder uri = new StringBuilder(root.toUri().getRawPath());
    if (uri.charAt(uri.length() - 1) != '/') {
      uri.append('/');
    }
    for (byte b : toBytes(key)) {
      boolean plain = b == '/' || (b >= 0 && Character.isLetterOrDigit(b));
      if (plain) {
        uri.append((char) b);
      } else {
        uri.append('%').append(HEX.toHexDigits(b));
      }
    }
    return Path.of(URI.create("file://" + uri));
  }

  private static boolean isLossless(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= 128 && (c == 0xFFFD || !UTF_8_NAMES)) {
        return false;
      }
    }
    return true;
  }

  private static byte[] lastNameBytes(Path path) {
    String raw = path.toUri().getRawPath();
    int end = raw.endsWith("/") ? raw.length() - 1 : raw.length();
    return percentDecode(raw.substring(raw.lastIndexOf('/', end - 1) + 1, end));
  }

  private static byte[] percentDecode(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '%') {
        bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
        i += 2;
      } else {
        bytes.write(text.charAt(i));
      }
    }
    return bytes.toByteArray();
  }

  /** Decodes UTF-8; each byte that does not belong to a character becomes {@code %XX}. */
  static String fromBytes(byte[] bytes) {
    StringBuilder name = new StringBuilder(bytes.length);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    while (in.hasRemaining()) {
      int valid = validLength(in.slice(), decoder);
      name.append(escapePercent(new String(bytes, in.position(), valid, StandardCharsets.UTF_8)));
      in.position(in.position() + valid);
      if (in.hasRemaining()) {
        name.append('%').append(HEX.toHexDigits(in.get()));
      }
    }
    return name.toString();
  }

  private static int validLength(ByteBuffer in, CharsetDecoder decoder) {
    try {
      decoder.reset().decode(in.duplicate());
      return in.remaining();
    } catch (CharacterCodingException e) {
      java.nio.CharBuffer out = java.nio.CharBuffer.allocate(in.remaining() + 1);
      CoderResult result = decoder.reset().decode(in, out, true);
      return result.isError() ? in.position() : in.limit();
    }
  }

  private static String escapePercent(String name) {
    if (name.indexOf('%') < 0) {
      return name;
    }
    StringBuilder escaped = new StringBuilder(name.length() + 8);
    for (int i = 0; i < name.length(); i++) {
      escaped.append(name.charAt(i));
      if (isEscape(name, i)) {
        escaped.append("25");
      }
    }
    return escaped.toString();
  }

  private static byte[] toBytes(String key) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(key.length());
    int from = 0;
    for (int i = 0; i < key.length(); i++) {
      if (isEscape(key, i)) {
        bytes.writeBytes(key.substring(from, i).getBytes(StandardCharsets.UTF_8));
        bytes.write(HexFormat.fromHexDigits(key, i + 1, i + 3));
        i += 2;
        from = i + 1;
      }
    }
    bytes.writeBytes(key.substring(from).getBytes(StandardCharsets.UTF_8));
    return bytes.toByteArray();
  }

  private static boolean isEscape(String text, int at) {
    return text.charAt(at) == '%'
        && at + 2 < text.length()
        && HexFormat.isHexDigit(text.charAt(at + 1))
        && HexFormat.isHexDigit(text.charAt(at + 2));
  }
}
