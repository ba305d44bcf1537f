package dev.ragindex.core;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Listing;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.Source;
import dev.ragindex.api.SourceDocument;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A source whose documents a test puts into a map; counts what is opened. */
final class MapSource implements Source {

  final AtomicInteger opened = new AtomicInteger();
  final List<Listing.Uncovered> uncovered = new ArrayList<>();
  final Map<String, IOException> failures = new HashMap<>();
  final Map<String, IOException> unfindable = new HashMap<>();
  private final Map<String, Entry> entries = new TreeMap<>();
  private String root = "memory";
  private int versions;
  @Nullable Runnable atEnd;
  boolean unversioned;

  private record Entry(String text, String version, Metadata metadata) {}

  MapSource put(String key, String text) {
    return put(key, text, Metadata.EMPTY.with("path", key));
  }

  MapSource put(String key, String text, Metadata metadata) {
    entries.put(key, new Entry(text, "v" + ++versions, metadata));
    return this;
  }

  /** Gives a document another version and leaves its content. */
  void touch(String key) {
    Entry entry = entries.get(key);
    entries.put(key, new Entry(entry.text(), "v" + ++versions, entry.metadata()));
  }

  void metadata(String key, Metadata metadata) {
    entries.put(key, new Entry(text(key), entries.get(key).version(), metadata));
  }

  void remove(String key) {
    entries.remove(key);
  }

  void rename(String from, String to) {
    put(to, text(from));
    remove(from);
  }

  String text(String key) {
    return entries.get(key).text();
  }

  void moveRoot(String newRoot) {
    root = newRoot;
  }

  @Override
  public String name() {
    return "notes";
  }

  @Override
  public String root() {
    return root;
  }

  @Override
  public Listing list() {
    Iterator<Map.Entry<String, Entry>> all = new TreeMap<>(entries).entrySet().iterator();
    return new Listing() {
      @Override
      public boolean hasNext() {
        if (!all.hasNext() && atEnd != null) {
          atEnd.run();
        }
        return all.hasNext();
      }

      @Override
      public SourceDocument next() {
        Map.Entry<String, Entry> next = all.next();
        return new MapDocument(new DocumentId(name(), next.getKey()), next.getValue());
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
    };
  }

  @Override
  public @Nullable SourceDocument find(String key) throws IOException {
    IOException failure = unfindable.get(key);
    if (failure != null) {
      throw failure;
    }
    return document(key);
  }

  /** A document as it is listed now, or null. */
  @Nullable SourceDocument document(String key) {
    Entry entry = entries.get(key);
    return entry == null ? null : new MapDocument(new DocumentId(name(), key), entry);
  }

  private final class MapDocument implements SourceDocument {

    private final DocumentId id;
    private final Entry entry;

    MapDocument(DocumentId id, Entry entry) {
      this.id = id;
      this.entry = entry;
    }

    @Override
    public DocumentId id() {
      return id;
    }

    @Override
    public String name() {
      return id.key();
    }

    @Override
    public @Nullable String version() {
      return unversioned ? null : entry.version();
    }

    @Override
    public long size() {
      return entry.text().length();
    }

    @Override
    public Metadata metadata() {
      return entry.metadata();
    }

    @Override
    public InputStream open() throws IOException {
      opened.incrementAndGet();
      IOException failure = failures.get(id.key());
      if (failure != null) {
        throw failure;
      }
      return new ByteArrayInputStream(entry.text().getBytes(StandardCharsets.UTF_8));
    }
  }
}
