package dev.ragindex.api;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What decides a stage's output: who it is, which version of its algorithm, with which settings.
 * Two stages of equal signature give equal output for equal input; changed output under an
 * unchanged signature is a bug.
 *
 * <p>In belong model, revision, dimensions, prefixes, pooling, normalisation. Out stay keys,
 * endpoints, time-outs, batch sizes and resource limits.
 *
 * @param name the stage's name, such as {@code "recursive"}
 * @param version version of the algorithm, raised whenever its output changes
 * @param settings what else decides the output, sorted by key
 */
public record Signature(String name, int version, SortedMap<String, String> settings) {

  /**
   * Copies the settings.
   *
   * @throws IllegalArgumentException if the name is blank
   */
  public Signature {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a signature needs a name");
    }
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
  }

  /**
   * A signature without settings.
   *
   * @param name the stage's name
   * @param version version of its algorithm
   * @return the signature
   */
  public static Signature of(String name, int version) {
    return new Signature(name, version, new TreeMap<>());
  }

  /**
   * Adds a setting.
   *
   * @param key name of the setting
   * @param value its value; numbers and booleans by their {@code toString}
   * @return a new signature
   */
  public Signature with(String key, Object value) {
    SortedMap<String, String> more = new TreeMap<>(settings);
    more.put(key, value.toString());
    return new Signature(name, version, more);
  }

  /**
   * Hashes name, version and settings in their canonical encoding.
   *
   * @return the fingerprint
   */
  public Fingerprint fingerprint() {
    Fingerprint.Builder builder = Fingerprint.builder("signature/1").add(name).add(version);
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      builder.add(setting.getKey()).add(setting.getValue());
    }
    return builder.build();
  }

  /** Returns a readable form, such as {@code recursive/1{maxTokens=200}}. */
  @Override
  public String toString() {
    return name + "/" + version + (settings.isEmpty() ? "" : settings.toString());
  }
}
