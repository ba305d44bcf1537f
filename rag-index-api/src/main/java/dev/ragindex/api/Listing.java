package dev.ragindex.api;

import java.util.Iterator;
import java.util.List;

/**
 * One pass over a source: its documents in any order, each at most once, then what could not be
 * seen. Not thread-safe.
 */
public interface Listing extends Iterator<SourceDocument>, AutoCloseable {

  /**
   * Which parts could not be listed. Complete once {@link #hasNext()} has returned false.
   *
   * @return the parts; documents whose keys lie in one of them are neither present nor absent
   */
  List<Uncovered> uncovered();

  /**
   * How many things were left out on purpose (hidden files, those that the globs exclude, the index
   * itself). A folder left out counts once. Complete once {@link #hasNext()} has returned false.
   *
   * @return a count
   */
  long excluded();

  @Override
  void close();

  /**
   * A part of a source that could not be listed.
   *
   * @param prefix what the keys of all its documents start with; empty means the whole source
   * @param reason why, for a person to read
   */
  record Uncovered(String prefix, String reason) {

    /**
     * Says whether a document lies in this part.
     *
     * @param key the document's key
     * @return true if it does
     */
    public boolean contains(String key) {
      return key.startsWith(prefix);
    }
  }
}
