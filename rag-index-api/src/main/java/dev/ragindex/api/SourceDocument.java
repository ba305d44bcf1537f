package dev.ragindex.api;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A listed document whose bytes are not read yet. */
public interface SourceDocument {

  /**
   * The document's identity.
   *
   * @return its id
   */
  DocumentId id();

  /**
   * File name with its extension, a hint for type detection; the last part of the key if the source
   * has no better one.
   *
   * @return the name, possibly empty
   */
  String name();

  /**
   * Opaque marker that changes whenever the bytes do (size and modification time, ETag), or null if
   * there is none that can be trusted; the bytes are then hashed in each run.
   *
   * @return the version, or null
   */
  @Nullable String version();

  /**
   * Size as listed.
   *
   * @return a number of bytes, or -1 if not known before reading
   */
  long size();

  /**
   * What the source knows about the document. It is laid over what the parser finds and wins.
   *
   * @return the metadata
   */
  Metadata metadata();

  /**
   * Opens the content.
   *
   * @return a new stream from the first byte on, to be closed by the caller
   * @throws IOException if it cannot be read, {@link java.nio.file.NoSuchFileException} if it is
   *     gone
   */
  InputStream open() throws IOException;
}
