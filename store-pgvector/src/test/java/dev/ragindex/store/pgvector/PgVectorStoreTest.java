package dev.ragindex.store.pgvector;

import dev.ragindex.api.VectorStore;
import dev.ragindex.tck.VectorStoreContract;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ScratchPostgres.class)
class PgVectorStoreTest extends VectorStoreContract {

  private final DataSource database;
  private final String collection = UUID.randomUUID().toString();

  PgVectorStoreTest(DataSource database) {
    this.database = database;
  }

  @Override
  protected VectorStore open() {
    return PgVectorStore.builder(database).collection(collection).build();
  }
}
