package dev.ragindex.core;

import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.Listing;
import dev.ragindex.api.Snapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The documents of one source as the index had them when the run began, and which of them the
 * listing has not shown yet. Thread-safe.
 */
final class Inventory {

  private final Map<String, Known> unseen = new HashMap<>();
  private final Map<Fingerprint, TreeSet<String>> unseenByBytes = new HashMap<>();
  private final Set<Fingerprint> bytes;
  private final int documents;
  private final long chunks;

  private Inventory(Stream<DocumentState> states) {
    long[] count = {0, 0};
    states
        .map(Known::of)
        .forEach(
            known -> {
              unseen.put(known.key(), known);
              count[0] += known.deleted() ? 0 : 1;
              count[1] += known.chunks();
              if (known.indexed() != null) {
                unseenByBytes
                    .computeIfAbsent(known.indexed().bytes(), bytes -> new TreeSet<>())
                    .add(known.key());
              }
            });
    this.bytes = Set.copyOf(unseenByBytes.keySet());
    this.documents = (int) count[0];
    this.chunks = count[1];
  }

  static Inventory of(Snapshot snapshot, String source) {
    try (Stream<DocumentState> states = snapshot.states(source)) {
      return new Inventory(states);
    }
  }

  /** How many documents the source had, tombstones left out. */
  int documents() {
    return documents;
  }

  /** How many chunks the source had. */
  long chunks() {
    return chunks;
  }

  /** Takes a listed document off the list; null if the index does not have it. */
  synchronized @Nullable Known take(String key) {
    Known known = unseen.remove(key);
    if (known != null && known.indexed() != null) {
      TreeSet<String> keys = unseenByBytes.get(known.indexed().bytes());
      if (keys != null && keys.remove(key) && keys.isEmpty()) {
        unseenByBytes.remove(known.indexed().bytes());
      }
    }
    return known;
  }

  /** Whether a document of these bytes was in the index when the run began. */
  boolean has(Fingerprint content) {
    return bytes.contains(content);
  }

  /** Whether a document of these bytes was not listed yet: new bytes like these may be a move. */
  synchronized boolean awaits(Fingerprint bytes) {
    return unseenByBytes.containsKey(bytes);
  }

  /**
   * After the listing: takes the first missing document of these bytes that lies in a listed part,
   * the one a new document of the same bytes was moved from; null if there is none.
   */
  synchronized @Nullable Known takeMoved(
      Fingerprint bytes, Collection<Listing.Uncovered> uncovered) {
    for (String key : unseenByBytes.getOrDefault(bytes, new TreeSet<>())) {
      if (uncovered.stream().noneMatch(part -> part.contains(key))) {
        return take(key);
      }
    }
    return null;
  }

  /** After the listing: what is missing from the listed parts, by key, tombstones left out. */
  synchronized List<Known> missing(Collection<Listing.Uncovered> uncovered) {
    List<Known> missing = new ArrayList<>();
    for (Known known : unseen.values()) {
      boolean listed = uncovered.stream().noneMatch(part -> part.contains(known.key()));
      if (listed && !known.deleted()) {
        missing.add(known);
      }
    }
    missing.sort((a, b) -> a.key().compareTo(b.key()));
    return missing;
  }
}
