package dev.ragindex.app;

import dev.ragindex.api.DocumentId;
import dev.ragindex.core.source.FolderSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which files of a folder, under which source name. */
final class FolderOptions {

  private static final String GLOB_SYNTAX = "([\\\\*?\\[\\]{},])";

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description = "Name of the source (default: the folder's last name).")
  @Nullable String name;

  @Option(
      names = "--include",
      paramLabel = "GLOB",
      description = "Take only files that match; may be repeated.")
  List<String> include = new ArrayList<>();

  @Option(
      names = "--exclude",
      paramLabel = "GLOB",
      description = "Leave out files and folders that match; may be repeated.")
  List<String> exclude = new ArrayList<>();

  /**
   * The folder as a source; the index itself is left out.
   *
   * @throws Refusal if there is no such folder, or it is the index
   */
  FolderSource source(Path folder, Path index) {
    Path root = real(folder);
    FolderSource source = open(sourceName(root), root);
    for (String glob : include) {
      source = source.include(glob);
    }
    for (String glob : exclude) {
      source = source.exclude(glob);
    }
    Path indexFolder = resolved(index);
    if (indexFolder.equals(root)) {
      throw new Refusal(
          "the index cannot be the folder itself: " + folder, "name another place with --index");
    }
    return indexFolder.startsWith(root) ? source.exclude(glob(root, indexFolder)) : source;
  }

  private String sourceName(Path root) {
    if (name != null) {
      return DocumentId.requireSourceName(name);
    }
    Path last = root.getFileName();
    if (last == null) {
      throw new Refusal("the folder has no name: " + root, "name the source with --source");
    }
    return last.toString();
  }

  private static FolderSource open(String name, Path root) {
    try {
      return FolderSource.of(name, root);
    } catch (UncheckedIOException e) {
      throw new Refusal(String.valueOf(e.getMessage()), "name a folder that can be read");
    }
  }

  private static Path real(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      throw new Refusal("there is no folder " + folder, "name a folder that can be read");
    }
  }

  /** The real path of something that need not exist yet: the part that exists, links resolved. */
  private static Path resolved(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    Path there = absolute;
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    return real(there).resolve(there.relativize(absolute)).normalize();
  }

  /** A pattern for one folder under the root, which starts at the root. */
  private static String glob(Path root, Path under) {
    String key =
        root.relativize(under).toString().replace(under.getFileSystem().getSeparator(), "/");
    return "/" + key.replaceAll(GLOB_SYNTAX, "\\\\$1");
  }
}
