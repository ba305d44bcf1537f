package dev.ragindex.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 (FIPS 180-4) of some content. Equal fingerprints mean equal content.
 *
 * <p>Structured content is hashed in one canonical encoding, version 1: the UTF-8 name of what is
 * hashed, then each value as one type byte, its length as an 8-byte big-endian number, and its
 * bytes. No value can run into the next, and nothing depends on the platform. {@link Builder}
 * writes it.
 *
 * @param a bits 0 to 63
 * @param b bits 64 to 127
 * @param c bits 128 to 191
 * @param d bits 192 to 255
 */
public record Fingerprint(long a, long b, long c, long d) implements Comparable<Fingerprint> {

  /** Length in bytes. */
  public static final int BYTES = 32;

  /** Never fed, only copied. */
  private static final MessageDigest FRESH = newSha256();

  /**
   * Wraps a digest.
   *
   * @param digest 32 bytes
   * @return the fingerprint
   * @throws IllegalArgumentException if there are not exactly 32 bytes
   */
  public static Fingerprint of(byte[] digest) {
    if (digest.length != BYTES) {
      throw new IllegalArgumentException("a fingerprint has 32 bytes, not " + digest.length);
    }
    ByteBuffer bytes = ByteBuffer.wrap(digest);
    return new Fingerprint(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
  }

  /**
   * Reads what {@link #toString()} wrote.
   *
   * @param hex 64 hexadecimal digits
   * @return the fingerprint
   * @throws IllegalArgumentException if it is anything else
   */
  public static Fingerprint parse(String hex) {
    return of(HexFormat.of().parseHex(hex));
  }

  /**
   * Hashes plain bytes, without any framing (what {@code sha256sum} prints).
   *
   * @param bytes the content
   * @return its SHA-256
   */
  public static Fingerprint ofBytes(byte[] bytes) {
    return of(sha256().digest(bytes));
  }

  /**
   * Hashes a stream to its end, without any framing. The stream is left open.
   *
   * @param in the content
   * @return its SHA-256
   * @throws IOException if reading fails
   */
  public static Fingerprint ofStream(InputStream in) throws IOException {
    MessageDigest digest = sha256();
    byte[] buffer = new byte[65_536];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      digest.update(buffer, 0, n);
    }
    return of(digest.digest());
  }

  /**
   * Starts a structured fingerprint.
   *
   * @param what names what is hashed, with its encoding's version: {@code "chunk/1"}
   * @return a builder
   */
  public static Builder builder(String what) {
    return new Builder(what);
  }

  /**
   * Returns the digest.
   *
   * @return 32 bytes, the caller's own
   */
  public byte[] bytes() {
    return ByteBuffer.allocate(BYTES).putLong(a).putLong(b).putLong(c).putLong(d).array();
  }

  /** Orders by unsigned bytes. */
  @Override
  public int compareTo(Fingerprint other) {
    int order = Long.compareUnsigned(a, other.a);
    order = order != 0 ? order : Long.compareUnsigned(b, other.b);
    order = order != 0 ? order : Long.compareUnsigned(c, other.c);
    return order != 0 ? order : Long.compareUnsigned(d, other.d);
  }

  /** Returns 64 lower-case hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes());
  }

  /** A copy of a fresh digest, which is made several times faster than one is looked up. */
  private static MessageDigest sha256() {
    try {
      return (MessageDigest) FRESH.clone();
    } catch (CloneNotSupportedException e) {
      return newSha256();
    }
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256, this one has not", e);
    }
  }

  /** Writes the canonical encoding into a digest. Not thread-safe; each builder serves once. */
  public static final class Builder {

    private static final byte TEXT = 's';
    private static final byte UTF_16_TEXT = 'u';
    private static final byte NUMBER = 'n';
    private static final byte NESTED = 'f';

    private static final int TYPE_AND_LENGTH = 1 + Long.BYTES;

    private final MessageDigest digest = sha256();

    /** What the digest gets next: it takes one large piece much faster than many small ones. */
    private final ByteBuffer piece = ByteBuffer.allocate(256);

    private Builder(String what) {
      add(what);
    }

    /**
     * Adds a text.
     *
     * @param text any text; one with U+0000 or lone surrogates is hashed by its UTF-16 units
     * @return this
     */
    public Builder add(String text) {
      if (CanonicalText.isClean(text)) {
        return value(TEXT, text.getBytes(StandardCharsets.UTF_8));
      }
      ByteBuffer units = ByteBuffer.allocate(text.length() * Character.BYTES);
      text.chars().forEach(unit -> units.putChar((char) unit));
      return value(UTF_16_TEXT, units.array());
    }

    /**
     * Adds a number.
     *
     * @param number any number
     * @return this
     */
    public Builder add(long number) {
      begin(NUMBER, Long.BYTES, Long.BYTES).putLong(number);
      return this;
    }

    /**
     * Adds a fingerprint.
     *
     * @param fingerprint what was hashed before
     * @return this
     */
    public Builder add(Fingerprint fingerprint) {
      begin(NESTED, BYTES, BYTES)
          .putLong(fingerprint.a)
          .putLong(fingerprint.b)
          .putLong(fingerprint.c)
          .putLong(fingerprint.d);
      return this;
    }

    /**
     * Ends the encoding.
     *
     * @return the fingerprint of everything added
     */
    public Fingerprint build() {
      passOn();
      return of(digest.digest());
    }

    private Builder value(byte type, byte[] bytes) {
      if (bytes.length <= piece.capacity() - TYPE_AND_LENGTH) {
        begin(type, bytes.length, bytes.length).put(bytes);
      } else {
        begin(type, bytes.length, 0);
        passOn();
        digest.update(bytes);
      }
      return this;
    }

    /** Writes a value's type and length into the piece, which then has room for what follows. */
    private ByteBuffer begin(byte type, long length, int room) {
      if (piece.remaining() < TYPE_AND_LENGTH + room) {
        passOn();
      }
      return piece.put(type).putLong(length);
    }

    private void passOn() {
      digest.update(piece.flip());
      piece.clear();
    }
  }
}
