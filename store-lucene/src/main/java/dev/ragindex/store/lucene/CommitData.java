package dev.ragindex.store.lucene;

import dev.ragindex.api.Settings;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;

/**
 * What Lucene keeps with each commit for us: the format, the revision, the settings.
 *
 * @param revision number of the commit
 * @param settings what the index remembers about itself
 */
record CommitData(long revision, Settings settings) {

  /** A store that was never written. */
  static final CommitData NONE = new CommitData(0, Settings.EMPTY);

  /** Version of the stored format. */
  static final int FORMAT = 1;

  private static final String FORMAT_KEY = "format";
  private static final String REVISION_KEY = "revision";
  private static final String DIMENSION_KEY = "dimension";
  private static final String INDEX_PREFIX = "index\0";
  private static final String SOURCE_PREFIX = "source\0";

  CommitData next(Settings newSettings) {
    return new CommitData(revision + 1, newSettings);
  }

  Map<String, String> toMap() {
    Map<String, String> map = new TreeMap<>();
    map.put(FORMAT_KEY, Integer.toString(FORMAT));
    map.put(REVISION_KEY, Long.toString(revision));
    map.put(DIMENSION_KEY, Integer.toString(settings.dimension()));
    settings.index().forEach((key, value) -> map.put(INDEX_PREFIX + key, value));
    settings
        .sources()
        .forEach(
            (source, values) -> {
              // Marks a source that has no settings yet; none has an empty name.
              map.put(SOURCE_PREFIX + source, "");
              values.forEach((key, value) -> map.put(SOURCE_PREFIX + source + '\0' + key, value));
            });
    return map;
  }

  /**
   * Reads what {@link #toMap} wrote.
   *
   * @throws IndexFormatTooNewException if a later version of this library wrote it
   * @throws CorruptIndexException if something else did
   */
  static CommitData of(Map<String, String> map, String place)
      throws IndexFormatTooNewException, CorruptIndexException {
    try {
      int format = Integer.parseInt(map.getOrDefault(FORMAT_KEY, "0"));
      if (format > FORMAT) {
        throw new IndexFormatTooNewException(place, format, FORMAT, FORMAT);
      }
      if (format < FORMAT) {
        throw new CorruptIndexException("its commit is not one of rag-index", place);
      }
      return new CommitData(Long.parseLong(map.getOrDefault(REVISION_KEY, "")), settings(map));
    } catch (NumberFormatException e) {
      throw new CorruptIndexException("its commit holds " + map.keySet(), place, e);
    }
  }

  private static Settings settings(Map<String, String> map) {
    SortedMap<String, String> index = new TreeMap<>();
    SortedMap<String, SortedMap<String, String>> sources = new TreeMap<>();
    new TreeMap<>(map)
        .forEach(
            (key, value) -> {
              if (key.startsWith(INDEX_PREFIX)) {
                index.put(key.substring(INDEX_PREFIX.length()), value);
              } else if (key.startsWith(SOURCE_PREFIX)) {
                String[] name = key.substring(SOURCE_PREFIX.length()).split("\0", 2);
                SortedMap<String, String> source =
                    sources.computeIfAbsent(name[0], unknown -> new TreeMap<>());
                if (name.length == 2) {
                  source.put(name[1], value);
                }
              }
            });
    int dimension = Integer.parseInt(map.getOrDefault(DIMENSION_KEY, ""));
    return new Settings(dimension, index, sources);
  }
}
