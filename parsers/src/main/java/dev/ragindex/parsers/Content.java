package dev.ragindex.parsers;

import java.io.IOException;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;

/**
 * Bytes to be parsed, of a document or of one inside of it.
 *
 * @param stream the bytes, at their start
 * @param name file name, or empty
 * @param type media type as detected, without parameters
 */
record Content(TikaInputStream stream, String name, MediaType type) {

  /** Reads all bytes of a format that is parsed in memory. */
  byte[] bytes(long limit) throws IOException {
    return stream.readNBytes((int) Math.min(limit + 1, Integer.MAX_VALUE - 8));
  }

  boolean isEmpty() throws IOException {
    return stream.peek(new byte[1]) <= 0;
  }

  /** Metadata for Tika that names the file, without which many types are not found. */
  Metadata metadata() {
    return named(name);
  }

  static Metadata named(String name) {
    Metadata metadata = new Metadata();
    metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, name);
    return metadata;
  }
}
