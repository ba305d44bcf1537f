package dev.ragindex.api;

import java.util.Set;
import java.util.TreeSet;

/**
 * A batch holds chunks without vectors whose embedding keys neither the batch nor the store knows.
 * Nothing of the batch was written.
 */
public class UnknownEmbeddingException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final transient Set<Fingerprint> keys;

  /**
   * Names the keys.
   *
   * @param keys the embedding keys without a vector
   */
  public UnknownEmbeddingException(Set<Fingerprint> keys) {
    super("no vector is known for " + keys.size() + " embedding keys: " + new TreeSet<>(keys));
    this.keys = Set.copyOf(keys);
  }

  /**
   * The keys without a vector.
   *
   * @return at least one key
   */
  public Set<Fingerprint> keys() {
    return keys;
  }
}
