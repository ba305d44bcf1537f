package dev.ragindex.core;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Fingerprint;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is missing once a listing has ended: moved from, or gone. Not thread-safe. */
final class Missing {

  private final SortedMap<DocumentId, Absent> byId = new TreeMap<>();
  private final Map<Fingerprint, TreeSet<DocumentId>> byBytes = new HashMap<>();

  Missing(Collection<Absent> documents) {
    for (Absent document : documents) {
      byId.put(document.id(), document);
      if (document.bytes() != null) {
        byBytes.computeIfAbsent(document.bytes(), bytes -> new TreeSet<>()).add(document.id());
      }
    }
  }

  /** Takes the first document of these bytes, the one a new document of the same was moved from. */
  @Nullable Absent takeLike(Fingerprint bytes) {
    TreeSet<DocumentId> like = byBytes.get(bytes);
    DocumentId first = like == null ? null : like.pollFirst();
    return first == null ? null : byId.remove(first);
  }

  /** What nobody took, by key. */
  List<Absent> rest() {
    return List.copyOf(byId.values());
  }
}
