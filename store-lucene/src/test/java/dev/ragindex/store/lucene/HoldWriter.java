package dev.ragindex.store.lucene;

import static dev.ragindex.tck.StoreData.id;
import static dev.ragindex.tck.StoreData.put;

import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.VectorStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A process that commits a document, says so, and holds the writer until it is killed. */
final class HoldWriter {

  private HoldWriter() {}

  public static void main(String[] args) throws IOException {
    try (VectorStore store = LuceneStore.at(Path.of(args[0]));
        StoreWriter writer = store.writer()) {
      writer.commit(List.of(put(id("a"), "one")));
      System.out.println("holding");
      System.in.read(); // whoever started it holds the other end
    }
  }
}
