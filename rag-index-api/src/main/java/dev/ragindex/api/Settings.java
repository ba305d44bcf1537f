package dev.ragindex.api;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an index remembers about itself: the embedding model for all of it; root and pipeline for
 * each source. Changed only by {@link Mutation.Configure}, in the same commit as the documents it
 * goes with.
 *
 * @param dimension length of every vector in the store; 0 until the first one decides
 * @param index settings of the whole index, sorted by key
 * @param sources settings of each source by its name
 */
public record Settings(
    int dimension,
    SortedMap<String, String> index,
    SortedMap<String, SortedMap<String, String>> sources) {

  /** An index that remembers nothing yet. */
  public static final Settings EMPTY = new Settings(0, new TreeMap<>(), new TreeMap<>());

  /**
   * Copies the maps.
   *
   * @throws IllegalArgumentException if the dimension is negative
   */
  public Settings {
    if (dimension < 0) {
      throw new IllegalArgumentException("dimension " + dimension);
    }
    index = Collections.unmodifiableSortedMap(new TreeMap<>(index));
    SortedMap<String, SortedMap<String, String>> copy = new TreeMap<>();
    sources.forEach(
        (name, settings) ->
            copy.put(name, Collections.unmodifiableSortedMap(new TreeMap<>(settings))));
    sources = Collections.unmodifiableSortedMap(copy);
  }

  /**
   * Sets the dimension.
   *
   * @param newDimension length of every vector
   * @return new settings
   */
  public Settings withDimension(int newDimension) {
    return new Settings(newDimension, index, sources);
  }

  /**
   * Adds or replaces settings of the whole index.
   *
   * @param more what to lay over the present ones
   * @return new settings
   */
  public Settings withIndex(Map<String, String> more) {
    SortedMap<String, String> merged = new TreeMap<>(index);
    merged.putAll(more);
    return new Settings(dimension, merged, sources);
  }

  /**
   * Adds or replaces settings of one source.
   *
   * @param source the source's name
   * @param more what to lay over its present ones
   * @return new settings
   */
  public Settings withSource(String source, Map<String, String> more) {
    SortedMap<String, String> merged = new TreeMap<>(source(source));
    merged.putAll(more);
    SortedMap<String, SortedMap<String, String>> all = new TreeMap<>(sources);
    all.put(source, merged);
    return new Settings(dimension, index, all);
  }

  /**
   * Settings of one source.
   *
   * @param name the source's name
   * @return its settings, empty if the index does not know it
   */
  public SortedMap<String, String> source(String name) {
    return sources.getOrDefault(name, Collections.emptySortedMap());
  }
}
