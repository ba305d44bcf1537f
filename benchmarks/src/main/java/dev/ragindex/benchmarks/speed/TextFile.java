package dev.ragindex.benchmarks.speed;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.SourceDocument;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A file of UTF-8 text in memory. */
record TextFile(String name, String text) implements SourceDocument {

  @Override
  public DocumentId id() {
    return new DocumentId("speed", name);
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
