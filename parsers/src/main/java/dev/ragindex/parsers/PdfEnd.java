package dev.ragindex.parsers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tells a PDF that was cut off: it lacks the mark every PDF ends with (ISO 32000-1, 7.5.5). PDFBox
 * reads such a file as far as it goes and does not say so.
 */
final class PdfEnd {

  private static final String MARK = "%%EOF";
  private static final int TAIL = 2_048;

  private PdfEnd() {}

  static boolean isMissing(Path file) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      long size = channel.size();
      ByteBuffer tail = ByteBuffer.allocate((int) Math.min(size, TAIL));
      channel.position(size - tail.capacity());
      while (tail.hasRemaining() && channel.read(tail) >= 0) {
        // fills the buffer
      }
      return !new String(tail.array(), StandardCharsets.ISO_8859_1).contains(MARK);
    }
  }
}
