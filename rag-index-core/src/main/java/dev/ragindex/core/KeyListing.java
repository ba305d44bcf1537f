package dev.ragindex.core;

import dev.ragindex.api.Listing;
import dev.ragindex.api.Source;
import dev.ragindex.api.SourceDocument;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks documents up one by one. A key that the source cannot tell about is not covered. */
final class KeyListing implements Listing {

  private final Source source;
  private final Iterator<String> keys;
  private final List<Uncovered> uncovered = new ArrayList<>();
  private @Nullable SourceDocument next;

  KeyListing(Source source, Set<String> keys) {
    this.source = source;
    this.keys = keys.iterator();
  }

  @Override
  public boolean hasNext() {
    while (next == null && keys.hasNext()) {
      next = find(keys.next());
    }
    return next != null;
  }

  private @Nullable SourceDocument find(String key) {
    try {
      return source.find(key);
    } catch (IOException e) {
      uncovered.add(new Uncovered(key, "it could not be looked up: " + e));
      return null;
    }
  }

  @Override
  public SourceDocument next() {
    SourceDocument found = hasNext() ? next : null;
    if (found == null) {
      throw new NoSuchElementException("no more documents");
    }
    next = null;
    return found;
  }

  @Override
  public List<Uncovered> uncovered() {
    return List.copyOf(uncovered);
  }

  @Override
  public long excluded() {
    return 0;
  }

  @Override
  public void close() {}
}
