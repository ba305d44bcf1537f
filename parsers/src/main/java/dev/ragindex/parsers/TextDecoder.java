package dev.ragindex.parsers;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.mozilla.universalchardet.UniversalDetector;

/**
 * Finds out how text is encoded. In order: byte order mark, strict UTF-8, UTF-16 without a mark,
 * UTF-8 with a few damaged bytes, the guess of Mozilla's detector, windows-1252, which accepts
 * everything.
 */
final class TextDecoder {

  private static final int SAMPLE = 1 << 16;

  /** Damaged UTF-8 is still UTF-8 if it has so many whole sequences for each broken one. */
  private static final int WHOLE_PER_BROKEN = 4;

  private TextDecoder() {}

  /**
   * Decoded text.
   *
   * @param text the text without byte order mark
   * @param damaged how many characters could not be decoded and became U+FFFD
   */
  record Decoded(String text, int damaged) {}

  static Decoded decode(byte[] bytes) {
    ByteOrderMark mark = ByteOrderMark.of(bytes);
    if (mark != null) {
      return lenient(bytes, mark.length(), mark.charset());
    }
    String utf8 = strict(bytes, StandardCharsets.UTF_8);
    boolean zeros = contains(bytes, (byte) 0);
    if (utf8 != null && !zeros) {
      return new Decoded(utf8, 0);
    }
    String utf16 = zeros ? utf16(bytes) : null;
    if (utf16 != null) {
      return new Decoded(utf16, 0);
    }
    return utf8 != null ? new Decoded(utf8, 0) : notStrict(bytes);
  }

  private static Decoded notStrict(byte[] bytes) {
    Decoded utf8 = lenient(bytes, 0, StandardCharsets.UTF_8);
    if (multiByte(utf8.text()) >= (long) WHOLE_PER_BROKEN * utf8.damaged()) {
      return utf8;
    }
    Charset guess = guess(bytes);
    String guessed = guess == null ? null : strict(bytes, guess);
    return guessed != null
        ? new Decoded(guessed, 0)
        : new Decoded(new String(bytes, windows1252()), 0);
  }

  /**
   * Text in UTF-16 is told by its spaces and line ends: the zero byte of such a unit stands first
   * or second. Null if there are none in either order.
   */
  private static @Nullable String utf16(byte[] bytes) {
    int little = 0;
    int big = 0;
    int end = Math.min(bytes.length, SAMPLE) - 1;
    for (int i = 0; i < end; i += 2) {
      little += bytes[i + 1] == 0 && isBlank(bytes[i]) ? 1 : 0;
      big += bytes[i] == 0 && isBlank(bytes[i + 1]) ? 1 : 0;
    }
    boolean enough = Math.max(little, big) * 200L >= end && bytes.length % 2 == 0;
    if (!enough || little == big) {
      return null;
    }
    return strict(bytes, little > big ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE);
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\n';
  }

  private static @Nullable Charset guess(byte[] bytes) {
    UniversalDetector detector = new UniversalDetector();
    detector.handleData(bytes, 0, Math.min(bytes.length, SAMPLE));
    detector.dataEnd();
    String name = detector.getDetectedCharset();
    return name != null && Charset.isSupported(name) ? Charset.forName(name) : null;
  }

  private static @Nullable String strict(byte[] bytes, Charset charset) {
    try {
      return charset
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static Decoded lenient(byte[] bytes, int from, Charset charset) {
    CharBuffer chars = charset.decode(ByteBuffer.wrap(bytes, from, bytes.length - from));
    return new Decoded(chars.toString(), count(chars, '\uFFFD'));
  }

  private static int count(CharSequence text, char wanted) {
    return (int) text.chars().filter(c -> c == wanted).count();
  }

  private static long multiByte(CharSequence text) {
    return text.chars().filter(c -> c > 0x7F && c != 0xFFFD).count();
  }

  private static boolean contains(byte[] bytes, byte wanted) {
    for (byte b : bytes) {
      if (b == wanted) {
        return true;
      }
    }
    return false;
  }

  private static Charset windows1252() {
    return Charset.forName("windows-1252");
  }

  /** A mark at the start of a text that names its encoding. */
  private record ByteOrderMark(int length, Charset charset) {

    static @Nullable ByteOrderMark of(byte[] b) {
      if (startsWith(b, 0xEF, 0xBB, 0xBF)) {
        return new ByteOrderMark(3, StandardCharsets.UTF_8);
      }
      if (startsWith(b, 0xFF, 0xFE, 0, 0)) {
        return new ByteOrderMark(4, Charset.forName("UTF-32LE"));
      }
      if (startsWith(b, 0, 0, 0xFE, 0xFF)) {
        return new ByteOrderMark(4, Charset.forName("UTF-32BE"));
      }
      if (startsWith(b, 0xFF, 0xFE)) {
        return new ByteOrderMark(2, StandardCharsets.UTF_16LE);
      }
      return startsWith(b, 0xFE, 0xFF) ? new ByteOrderMark(2, StandardCharsets.UTF_16BE) : null;
    }

    private static boolean startsWith(byte[] bytes, int... start) {
      if (bytes.length < start.length) {
        return false;
      }
      for (int i = 0; i < start.length; i++) {
        if ((bytes[i] & 0xFF) != start[i]) {
          return false;
        }
      }
      return true;
    }
  }
}
