package dev.ragindex.tck;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.Placement;
import dev.ragindex.api.Problem;
import dev.ragindex.api.Stage;
import dev.ragindex.api.StoredChunk;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Documents and chunks for tests of stores, made of texts: everything else follows from them, so
 * that equal texts have equal keys and vectors, and different texts different ones.
 */
public final class StoreData {

  /** Length of all vectors here. */
  public static final int DIMENSION = 8;

  private static final Fingerprint MODEL = hash("model");

  private StoreData() {}

  /**
   * A document's id.
   *
   * @param key key in the source {@code docs}
   * @return the id
   */
  public static DocumentId id(String key) {
    return new DocumentId("docs", key);
  }

  /**
   * A fingerprint of a text.
   *
   * @param text any text
   * @return its SHA-256
   */
  public static Fingerprint hash(String text) {
    return Fingerprint.ofBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The embedding key of a text without context and overlap.
   *
   * @param text the text
   * @return its key
   */
  public static Fingerprint key(String text) {
    return StoredChunk.embeddingKeyOf(MODEL, text);
  }

  /**
   * The vector of a text: of unit length, in a direction drawn by the text's hash.
   *
   * @param text any text
   * @return {@link #DIMENSION} floats
   */
  public static float[] vector(String text) {
    return vector(text, DIMENSION);
  }

  /**
   * The vector of a text in a space of one's choice.
   *
   * @param text any text
   * @param dimension how many floats
   * @return floats of unit length
   */
  public static float[] vector(String text, int dimension) {
    Random random = new Random(hash(text).a());
    double[] direction = random.doubles(dimension, -1, 1).toArray();
    double square = 0;
    for (double value : direction) {
      square += value * value;
    }
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) (direction[i] / Math.sqrt(square));
    }
    return vector;
  }

  /**
   * The cosine of two vectors.
   *
   * @param left a vector
   * @param right another, as long
   * @return -1 to 1
   */
  public static double cosine(float[] left, float[] right) {
    double dot = 0;
    double leftSquare = 0;
    double rightSquare = 0;
    for (int i = 0; i < left.length; i++) {
      dot += (double) left[i] * right[i];
      leftSquare += (double) left[i] * left[i];
      rightSquare += (double) right[i] * right[i];
    }
    return dot / Math.sqrt(leftSquare * rightSquare);
  }

  /**
   * The state of a document without metadata.
   *
   * @param id the document
   * @param chunks how many chunks it has
   * @return an indexed state
   */
  public static DocumentState state(DocumentId id, int chunks) {
    return state(id, chunks, Metadata.EMPTY);
  }

  /**
   * The state of a document.
   *
   * @param id the document
   * @param chunks how many chunks it has
   * @param metadata its metadata
   * @return an indexed state
   */
  public static DocumentState state(DocumentId id, int chunks, Metadata metadata) {
    DocumentState.Indexed indexed =
        new DocumentState.Indexed(
            "v1",
            hash(id + " bytes"),
            hash(id + " text"),
            metadata.fingerprint(),
            hash("pipeline"),
            100 * chunks,
            chunks);
    return new DocumentState(id, indexed, null, metadata, 0, false);
  }

  /**
   * A problem.
   *
   * @param reason why
   * @return a content problem in parsing
   */
  public static Problem problem(String reason) {
    return new Problem(
        Stage.PARSE,
        Problem.Kind.CONTENT,
        reason,
        null,
        hash(reason),
        hash("pipeline"),
        1,
        Instant.ofEpochMilli(1_700_000_000_123L));
  }

  /**
   * A chunk without context and overlap.
   *
   * @param id its document
   * @param text its text, there once in the document
   * @return the chunk with its vector
   */
  public static StoredChunk chunk(DocumentId id, String text) {
    return chunk(id, text, "", "");
  }

  /**
   * A chunk.
   *
   * @param id its document
   * @param text its core text, there once in the document
   * @param overlap end of the text before
   * @param context what stands before
   * @return the chunk with its vector
   */
  public static StoredChunk chunk(DocumentId id, String text, String overlap, String context) {
    String embedded = StoredChunk.embeddedText(context, overlap, text);
    return new StoredChunk(
        StoredChunk.idOf(id, text, 0), id, text, overlap, context, key(embedded), vector(embedded));
  }

  /**
   * The places of chunks that stand one behind the other.
   *
   * @param chunks the chunks in order
   * @return their layout
   */
  public static List<Placement> layout(List<StoredChunk> chunks) {
    List<Placement> layout = new ArrayList<>();
    int start = 0;
    for (StoredChunk chunk : chunks) {
      int end = start + chunk.text().length();
      layout.add(
          new Placement(
              chunk.id(),
              chunk.embeddingKey(),
              start,
              end,
              layout.size() + 1,
              List.of("Heading", "of " + start),
              Metadata.EMPTY.with("ordinal", layout.size())));
      start = end + 1;
    }
    return layout;
  }

  /**
   * A document of chunks, all of them to be written.
   *
   * @param id the document
   * @param texts the chunks' texts, all different
   * @return the put
   */
  public static Mutation.Put put(DocumentId id, String... texts) {
    return put(id, Metadata.EMPTY, texts);
  }

  /**
   * A document of chunks with metadata, all of them to be written.
   *
   * @param id the document
   * @param metadata its metadata
   * @param texts the chunks' texts, all different
   * @return the put
   */
  public static Mutation.Put put(DocumentId id, Metadata metadata, String... texts) {
    List<StoredChunk> chunks = new ArrayList<>();
    for (String text : texts) {
      chunks.add(chunk(id, text));
    }
    return new Mutation.Put(state(id, texts.length, metadata), layout(chunks), chunks);
  }

  /**
   * The same put with other vectors.
   *
   * @param put a put
   * @param vector the vector of each chunk, or null for none
   * @return a new put
   */
  public static Mutation.Put withVectors(Mutation.Put put, float @Nullable [] vector) {
    List<StoredChunk> chunks =
        put.chunks().stream().map(chunk -> chunk.withVector(vector)).toList();
    return new Mutation.Put(put.state(), put.layout(), chunks);
  }

  /**
   * The same put with only some of its chunks to be written.
   *
   * @param put a put
   * @param chunks those to write
   * @return a new put
   */
  public static Mutation.Put writing(Mutation.Put put, List<StoredChunk> chunks) {
    return new Mutation.Put(put.state(), put.layout(), chunks);
  }
}
