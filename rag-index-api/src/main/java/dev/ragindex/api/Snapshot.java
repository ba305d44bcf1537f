package dev.ragindex.api;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A committed view of a store. Thread-safe.
 *
 * <ul>
 *   <li><b>S1</b> A snapshot never changes, whatever is committed after it was opened.
 *   <li><b>S2</b> Each commit that changes anything raises the revision.
 *   <li><b>S3</b> {@link #states} gives each document of the source once, in any order.
 *   <li><b>S4</b> {@link #known} and {@link #vectors} find embedding keys whoever wrote them, in
 *       whatever source.
 *   <li><b>S5</b> {@link #chunks} gives text, context, overlap, key and vector exactly as written,
 *       in the order of the layout.
 * </ul>
 */
public interface Snapshot extends AutoCloseable {

  /**
   * Number of the commit.
   *
   * @return 0 for an empty store, higher for later commits
   */
  long revision();

  /**
   * What the index remembers about itself.
   *
   * @return the settings
   */
  Settings settings();

  /**
   * How much is stored, over all sources.
   *
   * @return the counts
   */
  Counts counts();

  /**
   * Names of the sources that have documents or settings.
   *
   * @return the names
   */
  Set<String> sources();

  /**
   * The records of a source.
   *
   * @param source the source's name
   * @return a lazy stream, to be closed by the caller before the snapshot
   */
  Stream<DocumentState> states(String source);

  /**
   * The record of a document.
   *
   * @param id the document
   * @return its record, or null if there is none
   */
  @Nullable DocumentState state(DocumentId id);

  /**
   * Where a document's chunks stand.
   *
   * @param id the document
   * @return its layout in order, empty if there is none
   */
  List<Placement> layout(DocumentId id);

  /**
   * A document's chunks with their vectors.
   *
   * @param id the document
   * @return its chunks in the order of the layout, empty if there are none
   */
  List<StoredChunk> chunks(DocumentId id);

  /**
   * Which embedding keys have a vector.
   *
   * @param embeddingKeys keys to look up
   * @return those of them that are known
   */
  Set<Fingerprint> known(Set<Fingerprint> embeddingKeys);

  /**
   * Vectors by embedding key.
   *
   * @param embeddingKeys keys to look up
   * @return a vector for each of them that is known
   */
  Map<Fingerprint, float[]> vectors(Set<Fingerprint> embeddingKeys);

  @Override
  void close();

  /**
   * How much is stored.
   *
   * @param documents documents with an indexed version or a problem, tombstones left out
   * @param chunks chunks
   */
  record Counts(long documents, long chunks) {}
}
