package dev.ragindex.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.SourceDocument;
import dev.ragindex.api.StoredChunk;
import dev.ragindex.api.VectorStore;
import dev.ragindex.core.RagIndex;
import dev.ragindex.core.SyncReport;
import dev.ragindex.core.embed.HashingEmbedder;
import dev.ragindex.core.memory.InMemoryStore;
import dev.ragindex.core.source.FolderSource;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that change between being listed and being read, or while they are read. */
class ChangingFilesTest {

  private static final String OLD = "Old words stand here.\n\n";
  private static final String NEW = "New words stand here, some more.\n\n";

  @TempDir Path folder;
  private final VectorStore store = InMemoryStore.create();
  private final RagIndex index =
      RagIndex.builder()
          .store(store)
          .parser(new ParagraphParser())
          .embedder(HashingEmbedder.create())
          .build();

  private void write(String text) {
    try {
      Files.writeString(folder.resolve("a.txt"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lists the file when it has rested, so that its version is trusted. */
  private SourceDocument listed() throws IOException {
    write(OLD);
    Files.setLastModifiedTime(
        folder.resolve("a.txt"), FileTime.from(Instant.now().minusSeconds(3600)));
    return FolderSource.of("notes", folder).find("a.txt");
  }

  private String indexed() {
    return IndexDump.of(store).documents().get(new DocumentId("notes", "a.txt")).chunks().stream()
        .map(StoredChunk::text)
        .collect(Collectors.joining());
  }

  private void requireThatTheNextRunMendsIt() {
    SyncReport report = index.sync(FolderSource.of("notes", folder));
    assertThat(report.failures()).isEmpty();
    assertThat(indexed()).isEqualTo(NEW);
  }

  @Test
  void a_file_that_changes_after_it_was_listed_ends_as_it_stands() throws IOException {
    SourceDocument document = listed();
    write(NEW);
    index.put(document);
    requireThatTheNextRunMendsIt();
  }

  @Test
  void a_file_that_changes_while_it_is_read_ends_as_it_stands() throws IOException {
    index.put(new Changing(listed(), () -> write(NEW)));
    assertThat(indexed()).isNotEqualTo(NEW);
    requireThatTheNextRunMendsIt();
  }

  /** A document to which something happens once its first bytes are read. */
  private record Changing(SourceDocument document, Runnable change) implements SourceDocument {

    @Override
    public InputStream open() throws IOException {
      return new FilterInputStream(document.open()) {
        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          int read = super.read(bytes, offset, Math.min(length, 3));
          change.run();
          return read;
        }
      };
    }

    @Override
    public DocumentId id() {
      return document.id();
    }

    @Override
    public String name() {
      return document.name();
    }

    @Override
    public String version() {
      return document.version();
    }

    @Override
    public long size() {
      return document.size();
    }

    @Override
    public Metadata metadata() {
      return document.metadata();
    }
  }
}
