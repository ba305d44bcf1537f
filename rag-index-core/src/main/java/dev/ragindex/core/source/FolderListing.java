package dev.ragindex.core.source;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Listing;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.MetadataValue;
import dev.ragindex.api.SourceDocument;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Walks a folder depth first, the entries of each folder by name; holds one folder a level. */
final class FolderListing implements Listing {

  private final FolderSource source;
  private final Deque<Iterator<Entry>> folders = new ArrayDeque<>();
  private final List<Uncovered> uncovered = new ArrayList<>();
  private long excluded;
  private @Nullable SourceDocument next;

  private record Entry(Path path, String prefix, String name) {
    String key() {
      return prefix + name;
    }
  }

  FolderListing(FolderSource source, Path root) throws IOException {
    this.source = source;
    folders.push(entries(root, ""));
  }

  @Override
  public boolean hasNext() {
    while (next == null && !folders.isEmpty()) {
      if (folders.element().hasNext()) {
        visit(folders.element().next());
      } else {
        folders.pop();
      }
    }
    return next != null;
  }

  @Override
  public SourceDocument next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    SourceDocument document = next;
    next = null;
    return document;
  }

  @Override
  public List<Uncovered> uncovered() {
    return List.copyOf(uncovered);
  }

  @Override
  public long excluded() {
    return excluded;
  }

  @Override
  public void close() {
    folders.clear();
  }

  private void visit(Entry entry) {
    try {
      FileStamp stamp = FileStamp.of(entry.path(), LinkOption.NOFOLLOW_LINKS);
      if (stamp.kind() == FileStamp.Kind.FOLDER) {
        visitFolder(entry);
      } else {
        next = document(source, entry.path(), entry.prefix(), entry.name(), stamp);
        excluded += next == null ? 1 : 0;
      }
    } catch (NoSuchFileException e) {
      return; // gone since its folder was read: absent
    } catch (IOException | IllegalArgumentException e) {
      uncovered.add(new Uncovered(entry.key(), reason(e)));
    }
  }

  private void visitFolder(Entry entry) {
    if (source.leavesOutFolder(entry.path(), entry.key())) {
      excluded++;
      return;
    }
    String prefix = entry.key() + "/";
    try {
      folders.push(entries(entry.path(), prefix));
    } catch (IOException e) {
      uncovered.add(new Uncovered(prefix, reason(e)));
    }
  }

  private static Iterator<Entry> entries(Path folder, String prefix) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder)) {
      for (Path path : paths) {
        entries.add(new Entry(path, prefix, FileNames.keyPart(path)));
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    entries.sort(Comparator.comparing(Entry::name));
    return entries.iterator();
  }

  /** The document at a path, or null if the source leaves it out. */
  static @Nullable SourceDocument document(
      FolderSource source, Path path, String prefix, String name) throws IOException {
    FileStamp stamp = FileStamp.of(path, LinkOption.NOFOLLOW_LINKS);
    return document(source, path, prefix, name, stamp);
  }

  private static @Nullable SourceDocument document(
      FolderSource source, Path path, String prefix, String name, FileStamp stamp)
      throws IOException {
    String key = prefix + name;
    if (source.leavesOutFile(key)) {
      return null;
    }
    FileStamp followed =
        stamp.kind() == FileStamp.Kind.LINK ? followed(source.rootPath(), path) : stamp;
    if (followed == null || followed.kind() != FileStamp.Kind.FILE) {
      return null;
    }
    return new FolderDocument(
        new DocumentId(source.name(), key),
        name,
        followed.version(source.clock().instant()),
        followed.size(),
        metadata(key, name, followed),
        path);
  }

  /** What a link leads to, or null if that lies outside of the root or does not exist. */
  private static @Nullable FileStamp followed(Path root, Path link) throws IOException {
    try {
      return link.toRealPath().startsWith(root) ? FileStamp.of(link) : null;
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static Metadata metadata(String key, String name, FileStamp stamp) {
    SortedMap<String, MetadataValue> values = new TreeMap<>();
    values.put("path", new MetadataValue.Text(key));
    values.put(Metadata.MODIFIED, new MetadataValue.Moment(stamp.modified().toInstant()));
    int dot = name.lastIndexOf('.');
    if (dot > 0 && dot < name.length() - 1) {
      String extension = name.substring(dot + 1).toLowerCase(Locale.ROOT);
      values.put("extension", new MetadataValue.Text(extension));
    }
    return new Metadata(values);
  }

  private static String reason(Exception e) {
    return e instanceof AccessDeniedException
        ? "no permission to read it"
        : e.getClass().getSimpleName() + " while listing it";
  }
}
