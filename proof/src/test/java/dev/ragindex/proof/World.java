package dev.ragindex.proof;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Listing;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.Source;
import dev.ragindex.api.SourceDocument;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * What stands outside the index at one moment: documents by key, and the prefixes that cannot be
 * listed. Never changes; each change gives another world.
 *
 * @param documents the documents
 * @param uncovered prefixes that cannot be listed
 * @param clock numbers the versions
 */
record World(SortedMap<String, Entry> documents, SortedSet<String> uncovered, int clock)
    implements Source {

  static final String NAME = "world";
  static final World EMPTY = new World(new TreeMap<>(), new TreeSet<>(), 0);

  /**
   * One document.
   *
   * @param readable whether its bytes can be read
   */
  record Entry(String text, String version, Metadata metadata, boolean readable) {}

  World put(String key, String text) {
    return with(key, new Entry(text, nextVersion(), about(key), true));
  }

  World touch(String key) {
    return put(key, text(key)).metadata(key, entry(key).metadata());
  }

  World edit(String key, UnaryOperator<String> change) {
    return put(key, change.apply(text(key))).metadata(key, entry(key).metadata());
  }

  World metadata(String key, Metadata metadata) {
    Entry old = entry(key);
    return with(key, new Entry(old.text(), old.version(), metadata, old.readable()));
  }

  World readable(String key, boolean readable) {
    Entry old = entry(key);
    return with(key, new Entry(old.text(), nextVersion(), old.metadata(), readable));
  }

  World copy(String from, String to) {
    return put(to, text(from));
  }

  World move(String from, String to) {
    return copy(from, to).remove(from);
  }

  World remove(String key) {
    SortedMap<String, Entry> rest = new TreeMap<>(documents);
    rest.remove(key);
    return new World(rest, uncovered, clock);
  }

  World cover(Set<String> hidden) {
    return new World(documents, new TreeSet<>(hidden), clock);
  }

  String text(String key) {
    return entry(key).text();
  }

  private Entry entry(String key) {
    return documents.get(key);
  }

  private World with(String key, Entry entry) {
    SortedMap<String, Entry> all = new TreeMap<>(documents);
    all.put(key, entry);
    return new World(all, uncovered, clock + 1);
  }

  private String nextVersion() {
    return "v" + (clock + 1);
  }

  private static Metadata about(String key) {
    return Metadata.EMPTY.with("path", key);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String root() {
    return "nowhere";
  }

  private boolean isCovered(String key) {
    return uncovered.stream().noneMatch(key::startsWith);
  }

  @Override
  public Listing list() {
    Iterator<String> keys = documents.keySet().stream().filter(this::isCovered).iterator();
    return new Listing() {
      @Override
      public boolean hasNext() {
        return keys.hasNext();
      }

      @Override
      public SourceDocument next() {
        return document(keys.next());
      }

      @Override
      public List<Uncovered> uncovered() {
        return uncovered.stream().map(prefix -> new Uncovered(prefix, "hidden")).toList();
      }

      @Override
      public long excluded() {
        return 0;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public SourceDocument find(String key) throws IOException {
    if (!isCovered(key)) {
      throw new IOException("hidden");
    }
    return documents.containsKey(key) ? document(key) : null;
  }

  SourceDocument document(String key) {
    return new Listed(new DocumentId(NAME, key), entry(key));
  }

  private record Listed(DocumentId id, Entry entry) implements SourceDocument {

    @Override
    public String name() {
      return id.key();
    }

    @Override
    public String version() {
      return entry.version();
    }

    @Override
    public long size() {
      return bytes().length;
    }

    @Override
    public Metadata metadata() {
      return entry.metadata();
    }

    @Override
    public InputStream open() throws IOException {
      if (!entry.readable()) {
        throw new IOException("unreadable");
      }
      return new ByteArrayInputStream(bytes());
    }

    private byte[] bytes() {
      return entry.text().getBytes(StandardCharsets.UTF_8);
    }
  }
}
