package dev.ragindex.benchmarks.chunking;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.SourceDocument;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A Markdown file in memory. */
record MarkdownFile(String name, String text) implements SourceDocument {

  /** Reads a file, which must be UTF-8. */
  static MarkdownFile read(Path file) {
    try {
      return new MarkdownFile(file.getFileName().toString(), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  @Override
  public DocumentId id() {
    return new DocumentId("figures", name);
  }

  @Override
  public @Nullable String version() {
    return null;
  }

  @Override
  public long size() {
    return -1;
  }

  @Override
  public Metadata metadata() {
    return Metadata.EMPTY;
  }

  @Override
  public InputStream open() {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
