package dev.ragindex.benchmarks.sync;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Listing;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.Source;
import dev.ragindex.api.SourceDocument;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Any number of documents that take no memory: each is written when it is opened, the same for the
 * same number.
 *
 * @param folder what all keys start with
 * @param documents how many
 * @param sentences how long each is
 */
public record SyntheticSource(String folder, int documents, int sentences) implements Source {

  @Override
  public String name() {
    return "synthetic";
  }

  @Override
  public String root() {
    return "nowhere";
  }

  @Override
  public Listing list() {
    return new Listing() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < documents;
      }

      @Override
      public SourceDocument next() {
        return document(next++);
      }

      @Override
      public List<Uncovered> uncovered() {
        return List.of();
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
  public @Nullable SourceDocument find(String key) {
    return null;
  }

  private SourceDocument document(int number) {
    return new Text(
        new DocumentId(name(), "%s/%03d/%07d.txt".formatted(folder, number % 1_000, number)),
        number,
        sentences);
  }

  private record Text(DocumentId id, int number, int sentences) implements SourceDocument {

    @Override
    public String name() {
      return id.key().substring(id.key().lastIndexOf('/') + 1);
    }

    @Override
    public String version() {
      return "1";
    }

    @Override
    public long size() {
      return -1;
    }

    @Override
    public Metadata metadata() {
      return Metadata.EMPTY.with("extension", "txt");
    }

    @Override
    public InputStream open() {
      StringBuilder text = new StringBuilder(sentences * 60);
      for (int i = 0; i < sentences; i++) {
        text.append("Sentence ").append(i).append(" of document ").append(number);
        text.append(" stands for a line of text.").append(i % 5 == 4 ? "\n\n" : " ");
      }
      return new ByteArrayInputStream(text.toString().getBytes(UTF_8));
    }
  }
}
