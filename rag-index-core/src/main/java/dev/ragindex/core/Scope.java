package dev.ragindex.core;

import dev.ragindex.api.Listing;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.Source;
import java.io.IOException;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** What a run looks at: a source, or some of its documents. */
sealed interface Scope {

  /** The source. */
  Source source();

  /**
   * Starts a listing of it.
   *
   * @throws IOException if it cannot be listed at all
   */
  Listing list() throws IOException;

  /** What the index has of it. */
  Inventory inventory(Snapshot before);

  /** After the listing: whether it would have shown a document of this key. */
  boolean covers(Listing listing, String key);

  /** Whether a listing that shows nothing is more likely a mistake than an empty source. */
  boolean distrustsEmpty();

  /** All of a source. */
  record Whole(Source source) implements Scope {

    @Override
    public Listing list() throws IOException {
      return source.list();
    }

    @Override
    public Inventory inventory(Snapshot before) {
      return Inventory.of(before, source.name());
    }

    @Override
    public boolean covers(Listing listing, String key) {
      return listing.uncovered().stream().noneMatch(part -> part.contains(key));
    }

    @Override
    public boolean distrustsEmpty() {
      return true;
    }
  }

  /** Some documents of a source, each of which is looked up. */
  record Keys(Source source, Set<String> keys) implements Scope {

    /** Sorts the keys. */
    public Keys {
      keys = Collections.unmodifiableSet(new TreeSet<>(keys));
    }

    @Override
    public Listing list() {
      return new KeyListing(source, keys);
    }

    @Override
    public Inventory inventory(Snapshot before) {
      return Inventory.of(before, source.name(), keys);
    }

    /** The parts of this listing are single keys. */
    @Override
    public boolean covers(Listing listing, String key) {
      return listing.uncovered().stream().noneMatch(part -> part.prefix().equals(key));
    }

    @Override
    public boolean distrustsEmpty() {
      return false;
    }
  }
}
