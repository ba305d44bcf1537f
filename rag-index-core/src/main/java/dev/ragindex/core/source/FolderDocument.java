package dev.ragindex.core.source;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.SourceDocument;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A listed file. Opened through the listed path, whose bytes a text form may have lost. */
record FolderDocument(
    DocumentId id, String name, @Nullable String version, long size, Metadata metadata, Path path)
    implements SourceDocument {

  @Override
  public InputStream open() throws IOException {
    FileStamp before = FileStamp.of(path);
    return new UnchangedStream(Files.newInputStream(path), path, before);
  }

  /** Fails at the end if the file changed meanwhile: half old, half new is no document. */
  private static final class UnchangedStream extends FilterInputStream {

    private final Path path;
    private final FileStamp before;

    UnchangedStream(InputStream in, Path path, FileStamp before) {
      super(in);
      this.path = path;
      this.before = before;
    }

    @Override
    public int read() throws IOException {
      return checked(super.read());
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return checked(super.read(buffer, offset, length));
    }

    private int checked(int result) throws IOException {
      if (result < 0) {
        FileStamp after = FileStamp.of(path);
        if (after.size() != before.size() || !after.modified().equals(before.modified())) {
          throw new IOException("the file changed while it was read");
        }
      }
      return result;
    }
  }
}
