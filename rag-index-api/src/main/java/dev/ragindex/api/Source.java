package dev.ragindex.api;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Lists the documents of one place, each with a version that changes when the document does.
 *
 * <p>A source never decides what is deleted. It says what it saw and which part of itself it could
 * not see ({@link Listing#uncovered()}); only a document missing from a part that was seen may be
 * deleted. Unreadable is not absent.
 *
 * <p>The rules are numbered; the test of the same number in rag-index-tck proves each.
 *
 * <ul>
 *   <li><b>L1</b> A listing gives each document once, under the name of the source.
 *   <li><b>L2</b> What did not change is listed equal: name and root of the source, id, name, size
 *       and metadata of each document.
 *   <li><b>L3</b> {@link #find} and the listing agree; what is not there is not found.
 *   <li><b>L4</b> Other bytes have another version, or none.
 *   <li><b>L5</b> A document can be opened any number of times, from its first byte on.
 *   <li><b>L6</b> What is gone is neither listed nor found, and opening it fails with {@link
 *       java.nio.file.NoSuchFileException}.
 *   <li><b>L7</b> What cannot be listed is uncovered, and looking it up fails.
 *   <li><b>L8</b> A listing may be closed before its end.
 * </ul>
 */
public interface Source {

  /**
   * Name of the source, the first half of each of its documents' ids.
   *
   * @return a name as {@link DocumentId#source()} allows
   */
  String name();

  /**
   * Where the source looks, such as a folder's absolute path. An index remembers it and refuses
   * another root under the same name unless told that the root moved.
   *
   * @return a text that is equal for equal places
   */
  String root();

  /**
   * Starts a listing.
   *
   * @return the listing, to be closed by the caller
   * @throws IOException if nothing at all can be listed; nothing is deleted then
   */
  Listing list() throws IOException;

  /**
   * Looks one document up.
   *
   * @param key its key
   * @return the document, or null if the source is sure that there is none
   * @throws IOException if the source cannot tell
   */
  @Nullable SourceDocument find(String key) throws IOException;
}
