package dev.ragindex.benchmarks.pgvector;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Listing;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.Source;
import dev.ragindex.api.SourceDocument;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Documents of ten paragraphs, of which every hundredth may be in another version.
 *
 * @param documents how many
 * @param version the version of every hundredth document; of the others it is 0
 */
record CorpusSource(int documents, int version) implements Source {

  private static final int EACH = 100;

  @Override
  public String name() {
    return "figures";
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
        int number = next++;
        return new Text(number, number % EACH == 0 ? version : 0);
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

  private record Text(int number, int edition) implements SourceDocument {

    @Override
    public DocumentId id() {
      return new DocumentId("figures", name());
    }

    @Override
    public String name() {
      return "%07d.txt".formatted(number);
    }

    @Override
    public String version() {
      return Integer.toString(edition);
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
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < Corpus.CHUNKS; i++) {
        Random random = new Random(number * 1_000L + i * 10L + (i == 0 ? edition : 0));
        text.append(Corpus.text(random).strip()).append(".\n\n");
      }
      return new ByteArrayInputStream(text.toString().getBytes(UTF_8));
    }
  }
}
