package dev.ragindex.core.source;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Listing;
import dev.ragindex.api.Source;
import dev.ragindex.api.SourceDocument;
import dev.ragindex.api.VectorStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files of a folder and its sub-folders. Thread-safe.
 *
 * <p>A document's key is its path relative to the folder, as UTF-8 with {@code /}; bytes that are
 * not valid UTF-8 become {@code %XX}. Its version is made of size, modification time, change time
 * and inode. Its metadata are {@code path}, {@code extension} (lower case, without dot) and {@code
 * modified}.
 *
 * <p>Left out: hidden files and folders (name starts with a dot), folders of version control,
 * folders that hold an index, what the globs exclude, symbolic links that lead to a folder or out
 * of the root, and what is neither file nor folder. A folder that cannot be read is uncovered: what
 * is indexed from it is kept.
 *
 * <pre>{@code
 * Source handbook = FolderSource.of("handbook", Path.of("docs")).include("*.md").exclude("drafts/**");
 * }</pre>
 */
public final class FolderSource implements Source {

  private final String name;
  private final Path root;
  private final List<Glob> includes;
  private final List<Glob> excludes;
  private final Clock clock;

  private FolderSource(
      String name, Path root, List<Glob> includes, List<Glob> excludes, Clock clock) {
    this.name = DocumentId.requireSourceName(name);
    this.root = root;
    this.includes = List.copyOf(includes);
    this.excludes = List.copyOf(excludes);
    this.clock = clock;
  }

  /**
   * All files of a folder.
   *
   * @param name name of the source
   * @param root the folder; links in its own path are resolved
   * @return the source
   * @throws IllegalArgumentException if the name is not allowed
   * @throws UncheckedIOException if the folder does not exist or is no folder
   */
  public static FolderSource of(String name, Path root) {
    try {
      Path real = root.toRealPath();
      if (!Files.isDirectory(real)) {
        throw new NotDirectoryException(root.toString());
      }
      return new FolderSource(name, real, List.of(), List.of(), Clock.systemUTC());
    } catch (NoSuchFileException e) {
      throw new UncheckedIOException("there is no folder " + root, e);
    } catch (NotDirectoryException e) {
      throw new UncheckedIOException("not a folder: " + root, e);
    } catch (IOException e) {
      throw new UncheckedIOException("the folder cannot be opened: " + root, e);
    }
  }

  /**
   * Takes only files that match; several includes add up.
   *
   * @param glob {@code *}, {@code ?}, {@code **}, {@code [a-z]}, <code>{a,b}</code>; without {@code
   *     /} it matches a name at any depth
   * @return a new source
   * @throws IllegalArgumentException if it is not a glob
   */
  public FolderSource include(String glob) {
    return new FolderSource(name, root, plus(includes, glob), excludes, clock);
  }

  /**
   * Leaves out files and folders that match, included or not.
   *
   * @param glob as for {@link #include}
   * @return a new source
   * @throws IllegalArgumentException if it is not a glob
   */
  public FolderSource exclude(String glob) {
    return new FolderSource(name, root, includes, plus(excludes, glob), clock);
  }

  /**
   * Sets the clock by which file times count as young.
   *
   * @param newClock the clock
   * @return a new source
   */
  public FolderSource clock(Clock newClock) {
    return new FolderSource(name, root, includes, excludes, newClock);
  }

  private static List<Glob> plus(List<Glob> globs, String glob) {
    List<Glob> more = new ArrayList<>(globs);
    more.add(Glob.of(glob));
    return more;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String root() {
    return root.toString();
  }

  @Override
  public Listing list() throws IOException {
    return new FolderListing(this, root);
  }

  @Override
  public @Nullable SourceDocument find(String key) throws IOException {
    Path path = FileNames.resolve(root, key).normalize();
    if (!path.startsWith(root) || path.equals(root)) {
      return null;
    }
    int slash = key.lastIndexOf('/');
    for (int at = key.indexOf('/'); at >= 0; at = key.indexOf('/', at + 1)) {
      Path folder = FileNames.resolve(root, key.substring(0, at));
      if (leavesOutFolder(folder, key.substring(0, at))) {
        return null;
      }
    }
    try {
      return FolderListing.document(
          this, path, slash < 0 ? "" : key.substring(0, slash + 1), FileNames.keyPart(path));
    } catch (NoSuchFileException e) {
      if (!Files.isDirectory(root)) {
        throw e; // an unmounted folder says nothing about what was in it
      }
      return null;
    }
  }

  /** Says whether a folder is not to be entered; {@code key} without a slash at its end. */
  boolean leavesOutFolder(Path folder, String key) {
    String last = key.substring(key.lastIndexOf('/') + 1);
    return last.startsWith(".")
        || last.equals("CVS")
        || matchesAny(excludes, key)
        || Files.isSymbolicLink(folder)
        || Files.exists(folder.resolve(VectorStore.FOLDER_MARKER));
  }

  boolean leavesOutFile(String key) {
    String last = key.substring(key.lastIndexOf('/') + 1);
    return last.startsWith(".")
        || matchesAny(excludes, key)
        || (!includes.isEmpty() && !matchesAny(includes, key));
  }

  private static boolean matchesAny(List<Glob> globs, String key) {
    return globs.stream().anyMatch(glob -> glob.matches(key));
  }

  Path rootPath() {
    return root;
  }

  Clock clock() {
    return clock;
  }
}
