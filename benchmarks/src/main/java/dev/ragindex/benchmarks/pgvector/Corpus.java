package dev.ragindex.benchmarks.pgvector;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.Placement;
import dev.ragindex.api.StoredChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Documents of ten chunks, made up, the same for the same number. Vectors lie around 100 centres,
 * since those of real texts do not fill the space evenly either.
 *
 * @param documents how many
 */
record Corpus(int documents) {

  static final int DIMENSION = 384;
  static final int CHUNKS = 10;

  /** Metadata key of a number from 0 to 999, spread evenly over the documents. */
  static final String SHARE = "share";

  private static final int CENTRES = 100;
  private static final int DOCUMENTS_IN_BATCH = 100;
  private static final int WORDS = 50;
  private static final Fingerprint MODEL = Fingerprint.builder("benchmark").build();

  int chunks() {
    return documents * CHUNKS;
  }

  /** Everything, in batches of a thousand chunks. */
  List<List<Mutation>> batches() {
    List<List<Mutation>> batches = new ArrayList<>();
    for (int from = 0; from < documents; from += DOCUMENTS_IN_BATCH) {
      batches.add(
          IntStream.range(from, Math.min(documents, from + DOCUMENTS_IN_BATCH))
              .<Mutation>mapToObj(document -> put(document, 0))
              .toList());
    }
    return batches;
  }

  /** The removal of everything. */
  List<Mutation> removals() {
    return IntStream.range(0, documents)
        .<Mutation>mapToObj(document -> new Mutation.Remove(id(document)))
        .toList();
  }

  /** A document of which the first chunk is in a certain version, written whole. */
  static Mutation.Put put(int document, int version) {
    List<StoredChunk> chunks = new ArrayList<>();
    List<Placement> layout = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < CHUNKS; i++) {
      StoredChunk chunk = chunk(document, i, i == 0 ? version : 0);
      int end = start + chunk.text().length();
      chunks.add(chunk);
      layout.add(
          new Placement(
              chunk.id(), chunk.embeddingKey(), start, end, 0, List.of(), Metadata.EMPTY));
      start = end;
    }
    return new Mutation.Put(state(document, version, start), layout, chunks);
  }

  /** The same document with only its first chunk to write. */
  static Mutation.Put edit(int document, int version) {
    Mutation.Put whole = put(document, version);
    return new Mutation.Put(whole.state(), whole.layout(), whole.chunks().subList(0, 1));
  }

  static Metadata metadata(int document) {
    return Metadata.EMPTY.with("path", id(document).key()).with(SHARE, (long) share(document));
  }

  static int share(int document) {
    return document % 1_000;
  }

  private static DocumentState state(int document, int version, int characters) {
    Fingerprint content = Fingerprint.builder("content").add(document).add(version).build();
    Metadata metadata = metadata(document);
    return new DocumentState(
        id(document),
        new DocumentState.Indexed(
            Integer.toString(version),
            content,
            content,
            metadata.fingerprint(),
            MODEL,
            characters,
            CHUNKS),
        null,
        metadata,
        0,
        false);
  }

  private static StoredChunk chunk(int document, int number, int version) {
    Random random = new Random(((long) document * CHUNKS + number) * 1_000 + version);
    String text = text(random);
    DocumentId id = id(document);
    return new StoredChunk(
        StoredChunk.idOf(id, text, 0),
        id,
        text,
        "",
        "",
        StoredChunk.embeddingKeyOf(MODEL, text),
        vector(random));
  }

  private static DocumentId id(int document) {
    return new DocumentId("figures", "%07d.md".formatted(document));
  }

  /** About 300 characters. */
  static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < WORDS; i++) {
      text.append("w").append((int) Math.pow(10_000, random.nextDouble())).append(' ');
    }
    return text.toString();
  }

  /** A unit vector near one of the centres. */
  static float[] vector(Random random) {
    Random centre = new Random(random.nextInt(CENTRES));
    float[] vector = new float[DIMENSION];
    double squares = 0;
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = (float) (centre.nextGaussian() + random.nextGaussian());
      squares += vector[i] * vector[i];
    }
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] /= (float) Math.sqrt(squares);
    }
    return vector;
  }
}
