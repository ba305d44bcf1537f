package dev.ragindex.core.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a file system says of a file: enough to notice a change without reading it.
 *
 * @param kind what it is, links not followed
 * @param size in bytes
 * @param modified time of last change of the content
 * @param changed time of last change of content or inode, null where the file system has none
 * @param inode the file's number, null where the file system has none
 */
record FileStamp(
    Kind kind, long size, FileTime modified, @Nullable FileTime changed, @Nullable Object inode) {

  /** How old a modification must be before it can be told from a later one (git's racy rule). */
  static final Duration SETTLED = Duration.ofSeconds(2);

  /** One system call gives them; each takes its time to be handed over. */
  private static final String UNIX_ATTRIBUTES = "unix:mode,size,lastModifiedTime,ctime,ino";

  /** The bits of a mode that tell what it is, and what they tell (POSIX, sys/stat.h). */
  private static final int TYPE = 0170000;

  private static final int TYPE_FILE = 0100000;
  private static final int TYPE_FOLDER = 0040000;
  private static final int TYPE_LINK = 0120000;

  enum Kind {
    FILE,
    FOLDER,
    LINK,
    OTHER
  }

  static FileStamp of(Path path, LinkOption... options) throws IOException {
    if (path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      Map<String, Object> unix = Files.readAttributes(path, UNIX_ATTRIBUTES, options);
      return new FileStamp(
          kind(unix.get("mode") instanceof Integer mode ? mode & TYPE : 0),
          unix.get("size") instanceof Long size ? size : -1,
          unix.get("lastModifiedTime") instanceof FileTime time ? time : FileTime.fromMillis(0),
          unix.get("ctime") instanceof FileTime time ? time : null,
          unix.get("ino"));
    }
    BasicFileAttributes basic = Files.readAttributes(path, BasicFileAttributes.class, options);
    return new FileStamp(
        basic.isRegularFile()
            ? Kind.FILE
            : basic.isDirectory() ? Kind.FOLDER : basic.isSymbolicLink() ? Kind.LINK : Kind.OTHER,
        basic.size(),
        basic.lastModifiedTime(),
        null,
        basic.fileKey());
  }

  private static Kind kind(int type) {
    return switch (type) {
      case TYPE_FILE -> Kind.FILE;
      case TYPE_FOLDER -> Kind.FOLDER;
      case TYPE_LINK -> Kind.LINK;
      default -> Kind.OTHER;
    };
  }

  /**
   * A marker that changes with the content, or null if the file is so young that a further change
   * might leave no trace.
   *
   * @param now the moment of listing
   */
  @Nullable String version(Instant now) {
    if (modified.toInstant().isAfter(now.minus(SETTLED))) {
      return null;
    }
    String rest =
        (changed == null ? "" : "-" + nanos(changed)) + (inode == null ? "" : "-" + inode);
    return size + "-" + nanos(modified) + rest;
  }

  private static String nanos(FileTime time) {
    return Long.toString(time.to(TimeUnit.NANOSECONDS), Character.MAX_RADIX);
  }
}
