package dev.ragindex.proof;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Listing;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.Source;
import dev.ragindex.api.SourceDocument;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** A source as a mortal process has it: listing and reading are chances to die. */
record MortalSource(Source source, Lifetime life) implements Source {

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public String root() {
    return source.root();
  }

  @Override
  public Listing list() throws IOException {
    life.step();
    Listing listing = source.list();
    life.step();
    return new MortalListing(listing, life);
  }

  @Override
  public SourceDocument find(String key) throws IOException {
    life.step();
    SourceDocument found = source.find(key);
    return found == null ? null : new MortalDocument(found, life);
  }

  private record MortalListing(Listing listing, Lifetime life) implements Listing {

    @Override
    public boolean hasNext() {
      return life.around(listing::hasNext);
    }

    @Override
    public SourceDocument next() {
      return new MortalDocument(listing.next(), life);
    }

    @Override
    public List<Uncovered> uncovered() {
      return listing.uncovered();
    }

    @Override
    public long excluded() {
      return listing.excluded();
    }

    @Override
    public void close() {
      listing.close();
    }
  }

  private record MortalDocument(SourceDocument document, Lifetime life) implements SourceDocument {

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

    @Override
    public InputStream open() throws IOException {
      life.step();
      InputStream in = document.open();
      life.step();
      return new FilterInputStream(in) {
        @Override
        public void close() throws IOException {
          super.close();
          life.step();
        }
      };
    }
  }
}
