package dev.ragindex.api;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps documents, their chunks and vectors. Thread-safe.
 *
 * <p>The rules are numbered; the test of the same number in rag-index-tck proves each.
 *
 * <ul>
 *   <li><b>V1</b> A store that was never written is empty: revision 0, no settings, no documents,
 *       no hits. Reading it creates nothing.
 *   <li><b>V2</b> Snapshots and searches see commits only, each whole or not at all.
 *   <li><b>V3</b> A persistent store opened again is as the last commit left it.
 *   <li><b>V4</b> Vector search returns the chunks nearest by cosine, best first, at most {@code
 *       top}; the score is the cosine.
 *   <li><b>V5</b> A filter leaves min(top, matching chunks) hits in vector search, and in every
 *       mode none that does not match; {@link Filter#test} on the document's metadata is the
 *       reference.
 *   <li><b>V6</b> Keyword search returns chunks that hold the query's words, best first (BM25);
 *       hybrid search fuses both lists by reciprocal rank, 1/(60+rank) each (Cormack et al. 2009).
 *   <li><b>V7</b> A hit carries what the last commit says of its chunk: document, span, page,
 *       headings, text, the document's metadata with the chunk's on top.
 *   <li><b>V8</b> A query vector of another dimension than the store's is an {@link
 *       IllegalArgumentException}.
 *   <li><b>V9</b> {@link #check()} finds nothing in a sound store.
 *   <li><b>V10</b> {@link #compact()} changes nothing that can be read, fails while a writer is
 *       open, and leaves no byte of what was deleted.
 * </ul>
 */
public interface VectorStore extends AutoCloseable {

  /**
   * Name of an empty file that a store puts into each folder it keeps data in. Sources of files
   * leave such folders out, so that an index is never indexed itself.
   */
  String FOLDER_MARKER = ".rag-index-store";

  /**
   * Opens a view of the last commit.
   *
   * @return the view, to be closed by the caller
   */
  Snapshot snapshot();

  /**
   * Opens the one writer; creates the store if there is none.
   *
   * @return the writer, to be closed by the caller
   * @throws StoreBusyException at once, if another writer is open, in whatever process
   */
  StoreWriter writer();

  /**
   * Searches the last commit.
   *
   * @param request what to look for
   * @param vector the query's vector, unit length; null for keyword search
   * @return hits, best first
   * @throws IllegalArgumentException if the vector is missing, of another dimension, or the mode is
   *     not among the {@link #capabilities()}
   */
  List<SearchHit> search(SearchRequest request, float @Nullable [] vector);

  /**
   * What this store can do.
   *
   * @return its capabilities
   */
  Capabilities capabilities();

  /**
   * Facts about the store for status pages.
   *
   * @return the facts
   */
  Info info();

  /**
   * Looks for damage below the level of documents (files, indexes). Reads everything.
   *
   * @return one sentence for each finding; empty if the store is sound
   */
  List<String> check();

  /**
   * Gives back the space of what was deleted or replaced: afterwards its bytes are gone from the
   * medium, as far as this process can see to that. It may rewrite all that is stored. A snapshot
   * that is still open keeps what it shows until it is closed. A store that was never written stays
   * so.
   *
   * @throws StoreBusyException at once, if a writer is open, in whatever process
   * @throws IndexingException if the medium fails; what was committed is still there
   */
  void compact();

  @Override
  void close();

  /**
   * What a store can do.
   *
   * @param modes the search modes it offers
   * @param persistent true if a store opened again holds what was committed
   */
  record Capabilities(Set<SearchRequest.Mode> modes, boolean persistent) {
    /** Copies the modes. */
    public Capabilities {
      modes = Set.copyOf(modes);
    }
  }

  /**
   * Facts about a store.
   *
   * @param location where it is, without secrets
   * @param format version of its stored format; 0 if nothing is stored yet
   * @param bytes space it takes, 0 if not known
   * @param simd whether vector arithmetic uses SIMD instructions in this JVM; null if another
   *     process does it
   */
  record Info(String location, int format, long bytes, @Nullable Boolean simd) {}
}
