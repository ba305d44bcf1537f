package dev.ragindex.store.pgvector;

import static dev.ragindex.tck.StoreData.id;
import static dev.ragindex.tck.StoreData.put;

import dev.ragindex.api.StoreWriter;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/** A process that opens a writer, commits a document, and holds on until it is killed. */
final class HoldingWriter {

  private HoldingWriter() {}

  public static void main(String[] args) throws Exception {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(args[0]);
    database.setUser(args[1]);
    database.setPassword(args[2]);
    PgVectorStore store = PgVectorStore.builder(database).collection(args[3]).build();
    try (StoreWriter writer = store.writer()) {
      writer.commit(List.of(put(id("of the other process"), "one")));
      System.out.println("holding");
      System.in.read();
    }
  }
}
