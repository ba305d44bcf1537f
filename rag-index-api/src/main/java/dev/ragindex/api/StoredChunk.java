package dev.ragindex.api;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A chunk as stores keep it: everything that decides its vector, and the vector. What can change
 * while the text does not (place, page, metadata) is in the document's record instead.
 *
 * @param id as {@link #idOf} gives it
 * @param document the document it belongs to
 * @param text its core text
 * @param overlap end of the text before, sent along with the core
 * @param context what is sent before overlap and core; empty for none
 * @param embeddingKey as {@link #embeddingKeyOf} gives it
 * @param vector unit length, as many floats as the store's dimension; null asks the store to take
 *     the vector it knows under the embedding key
 */
@SuppressWarnings("ArrayRecordComponent") // equals compares the floats
public record StoredChunk(
    UUID id,
    DocumentId document,
    String text,
    String overlap,
    String context,
    Fingerprint embeddingKey,
    float @Nullable [] vector) {

  /**
   * Identity of a chunk: the first 128 bits of SHA-256 over document, core text and occurrence, as
   * a UUID of version 8 (RFC 9562). It survives a changed heading or overlap.
   *
   * @param document the document
   * @param text the core text
   * @param occurrence 0 for the first chunk of this text in the document, 1 for the second, and so
   *     on
   * @return the id
   */
  public static UUID idOf(DocumentId document, String text, int occurrence) {
    Fingerprint hash =
        Fingerprint.builder("chunk/1")
            .add(document.source())
            .add(document.key())
            .add(text)
            .add(occurrence)
            .build();
    ByteBuffer bits = ByteBuffer.wrap(hash.bytes());
    long high = (bits.getLong() & ~0xF000L) | 0x8000L;
    long low = (bits.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  /**
   * The exact text handed to the embedder.
   *
   * @param context what stands before, empty for none
   * @param overlap end of the text before
   * @param text the core text
   * @return context, a blank line, overlap and core
   */
  public static String embeddedText(String context, String overlap, String text) {
    return context.isEmpty() ? overlap + text : context + "\n\n" + overlap + text;
  }

  /**
   * Key under which a vector is found again: equal for equal text under an equal model.
   *
   * @param embedder fingerprint of the embedder's signature, which covers its prefixes
   * @param embeddedText the exact text handed to the embedder
   * @return the key
   */
  public static Fingerprint embeddingKeyOf(Fingerprint embedder, String embeddedText) {
    return Fingerprint.builder("embedding/1").add(embedder).add(embeddedText).build();
  }

  /**
   * Replaces the vector.
   *
   * @param newVector the vector, or null
   * @return a new chunk
   */
  public StoredChunk withVector(float @Nullable [] newVector) {
    return new StoredChunk(id, document, text, overlap, context, embeddingKey, newVector);
  }

  /** Compares all parts, the vector by its values. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StoredChunk that
        && id.equals(that.id)
        && document.equals(that.document)
        && text.equals(that.text)
        && overlap.equals(that.overlap)
        && context.equals(that.context)
        && embeddingKey.equals(that.embeddingKey)
        && Arrays.equals(vector, that.vector);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, embeddingKey);
  }

  /** Names the chunk; holds no document text. */
  @Override
  public String toString() {
    return "StoredChunk[" + id + " of " + document + ", key " + embeddingKey + "]";
  }
}
