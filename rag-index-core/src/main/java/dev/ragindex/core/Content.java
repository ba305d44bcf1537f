package dev.ragindex.core;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.IndexingException.Kind;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.SourceDocument;
import dev.ragindex.api.Stage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * A document's bytes, read once and hashed; this very copy is parsed. In memory up to 8 MiB, else
 * in a temp file that only this user can read.
 */
final class Content implements SourceDocument, AutoCloseable {

  private static final int IN_MEMORY = 8 << 20;

  private final SourceDocument listed;
  private final Fingerprint fingerprint;
  private final long size;
  private final byte[] memory;
  private final @Nullable Path file;

  private Content(
      SourceDocument listed,
      Fingerprint fingerprint,
      long size,
      byte[] memory,
      @Nullable Path file) {
    this.listed = listed;
    this.fingerprint = fingerprint;
    this.size = size;
    this.memory = memory;
    this.file = file;
  }

  /**
   * Reads a document to its end.
   *
   * @throws Vanished if it is gone since it was listed
   * @throws IndexingException if it cannot be read or is larger than the limit
   */
  static Content read(SourceDocument listed, long maxBytes) throws Vanished {
    return read(listed, maxBytes, in -> copy(listed, in, maxBytes));
  }

  /**
   * Hashes a document's bytes without keeping them.
   *
   * @throws Vanished if it is gone since it was listed
   * @throws IndexingException if it cannot be read or is larger than the limit
   */
  static Fingerprint hash(SourceDocument listed, long maxBytes) throws Vanished {
    return read(listed, maxBytes, Fingerprint::ofStream);
  }

  private static <T> T read(SourceDocument listed, long maxBytes, Reading<T> reading)
      throws Vanished {
    if (listed.size() > maxBytes) {
      throw tooLarge(listed.size(), maxBytes);
    }
    try (InputStream in = listed.open()) {
      return reading.of(in);
    } catch (NoSuchFileException e) {
      throw new Vanished(e);
    } catch (AccessDeniedException e) {
      throw new IndexingException(Stage.READ, Kind.READ, "no permission to read it", e);
    } catch (IOException e) {
      throw new IndexingException(Stage.READ, Kind.READ, "it could not be read: " + e, e);
    }
  }

  private static Content copy(SourceDocument listed, InputStream in, long maxBytes)
      throws IOException {
    DigestInputStream digested = new DigestInputStream(in, sha256());
    byte[] head = digested.readNBytes(IN_MEMORY);
    Path file = head.length < IN_MEMORY ? null : spill(head, digested, maxBytes);
    long size = file == null ? head.length : Files.size(file);
    Fingerprint fingerprint = Fingerprint.of(digested.getMessageDigest().digest());
    return new Content(listed, fingerprint, size, file == null ? head : new byte[0], file);
  }

  private static Path spill(byte[] head, InputStream rest, long maxBytes) throws IOException {
    Path file = Files.createTempFile("rag-index-", ".content");
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(head);
      long size = head.length;
      byte[] buffer = new byte[65_536];
      for (int n = rest.read(buffer); n >= 0; n = rest.read(buffer)) {
        size += n;
        if (size > maxBytes) {
          throw tooLarge(size, maxBytes);
        }
        out.write(buffer, 0, n);
      }
      return file;
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  private static IndexingException tooLarge(long size, long maxBytes) {
    return new IndexingException(
        Stage.READ,
        Kind.CONTENT,
        "larger than the limit: at least %,d bytes, the limit is %,d".formatted(size, maxBytes));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256, this one has not", e);
    }
  }

  /** SHA-256 of the bytes. */
  Fingerprint fingerprint() {
    return fingerprint;
  }

  @Override
  public DocumentId id() {
    return listed.id();
  }

  @Override
  public String name() {
    return listed.name();
  }

  @Override
  public @Nullable String version() {
    return listed.version();
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public Metadata metadata() {
    return listed.metadata();
  }

  @Override
  public InputStream open() throws IOException {
    return file == null ? new ByteArrayInputStream(memory) : Files.newInputStream(file);
  }

  @Override
  public void close() {
    if (file != null) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        file.toFile().deleteOnExit();
      }
    }
  }

  /** What is done with a document's bytes. */
  private interface Reading<T> {
    T of(InputStream in) throws IOException;
  }

  /** A document is gone since it was listed. */
  static final class Vanished extends Exception {
    private static final long serialVersionUID = 1L;

    private Vanished(Throwable cause) {
      super("gone since it was listed", cause);
    }
  }
}
