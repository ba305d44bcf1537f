package dev.ragindex.api;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Typed facts about a document or chunk, sorted by key. Folder documents carry {@code path}, {@code
 * extension}, {@code type} (media type), {@code title} and {@code modified}.
 *
 * @param values key to value; keys are non-blank and at most 256 characters
 */
public record Metadata(SortedMap<String, MetadataValue> values) {

  /** Key of the time of last change. A document in which only this changed counts as unchanged. */
  public static final String MODIFIED = "modified";

  /** No metadata at all. */
  public static final Metadata EMPTY = new Metadata(new TreeMap<>());

  private static final int MAX_KEY = 256;

  /**
   * Copies and checks the keys.
   *
   * @throws IllegalArgumentException if a key is blank, longer than 256 characters or not clean
   *     text
   */
  public Metadata {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    for (String key : values.keySet()) {
      if (key.isBlank() || key.length() > MAX_KEY || !CanonicalText.isClean(key)) {
        throw new IllegalArgumentException(
            "a metadata key has 1 to 256 characters of clean text: '"
                + CanonicalText.clean(key)
                + "'");
      }
    }
  }

  /**
   * Adds or replaces a value.
   *
   * @param key its key
   * @param value its value
   * @return new metadata
   */
  public Metadata with(String key, MetadataValue value) {
    SortedMap<String, MetadataValue> more = new TreeMap<>(values);
    more.put(key, value);
    return new Metadata(more);
  }

  /**
   * Adds or replaces a text.
   *
   * @param key its key
   * @param value up to 8,192 characters
   * @return new metadata
   */
  public Metadata with(String key, String value) {
    return with(key, new MetadataValue.Text(value));
  }

  /**
   * Adds or replaces a whole number.
   *
   * @param key its key
   * @param value the number
   * @return new metadata
   */
  public Metadata with(String key, long value) {
    return with(key, new MetadataValue.Whole(value));
  }

  /**
   * Adds or replaces a floating point number.
   *
   * @param key its key
   * @param value a finite number
   * @return new metadata
   */
  public Metadata with(String key, double value) {
    return with(key, new MetadataValue.Real(value));
  }

  /**
   * Adds or replaces a truth value.
   *
   * @param key its key
   * @param value the value
   * @return new metadata
   */
  public Metadata with(String key, boolean value) {
    return with(key, new MetadataValue.Flag(value));
  }

  /**
   * Adds or replaces a point in time.
   *
   * @param key its key
   * @param value the instant, kept to the millisecond
   * @return new metadata
   */
  public Metadata with(String key, Instant value) {
    return with(key, new MetadataValue.Moment(value));
  }

  /**
   * Adds or replaces a list of texts.
   *
   * @param key its key
   * @param values the texts, order kept
   * @return new metadata
   */
  public Metadata with(String key, List<String> values) {
    return with(key, new MetadataValue.Texts(values));
  }

  /**
   * Adds other metadata on top of this; where both have a key, the other's value wins.
   *
   * @param other what to add
   * @return new metadata
   */
  public Metadata with(Metadata other) {
    SortedMap<String, MetadataValue> more = new TreeMap<>(values);
    more.putAll(other.values);
    return new Metadata(more);
  }

  /**
   * Looks a value up.
   *
   * @param key its key
   * @return the value, or null if there is none
   */
  public @Nullable MetadataValue get(String key) {
    return values.get(key);
  }

  /**
   * Hashes keys, types and values in their canonical encoding, {@link #MODIFIED} left out.
   *
   * @return the fingerprint
   */
  public Fingerprint fingerprint() {
    Fingerprint.Builder builder = Fingerprint.builder("metadata/1");
    for (Map.Entry<String, MetadataValue> entry : values.entrySet()) {
      if (!entry.getKey().equals(MODIFIED)) {
        builder.add(entry.getKey());
        addTo(builder, entry.getValue());
      }
    }
    return builder.build();
  }

  private static void addTo(Fingerprint.Builder builder, MetadataValue value) {
    switch (value) {
      case MetadataValue.Text text -> builder.add("text").add(text.value());
      case MetadataValue.Whole whole -> builder.add("whole").add(whole.value());
      case MetadataValue.Real real ->
          builder.add("real").add(Double.doubleToLongBits(real.value()));
      case MetadataValue.Flag flag -> builder.add("flag").add(flag.value() ? 1 : 0);
      case MetadataValue.Moment moment -> builder.add("moment").add(moment.value().toEpochMilli());
      case MetadataValue.Texts texts -> {
        builder.add("texts").add(texts.values().size());
        texts.values().forEach(builder::add);
      }
    }
  }
}
