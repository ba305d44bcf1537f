package dev.ragindex.store.pgvector;

import dev.ragindex.api.VectorStore;
import dev.ragindex.tck.FailingMediumContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

/** The connection is cut at each message that the driver sends, one after the other. */
@ExtendWith(ScratchPostgres.class)
class PgVectorFailuresTest extends FailingMediumContract {

  private final PGSimpleDataSource database;
  private final String collection = UUID.randomUUID().toString();
  private final List<Wire> wires = new ArrayList<>();

  PgVectorFailuresTest(PGSimpleDataSource database) {
    this.database = database;
  }

  @AfterEach
  void closeWires() throws IOException {
    for (Wire wire : wires) {
      wire.close();
    }
  }

  @Override
  protected VectorStore open(Faults faults) {
    try {
      Wire wire = Wire.before(database);
      wires.add(wire);
      wire.onSend(bytes -> faults.check());
      return PgVectorStore.builder(database).collection(collection).build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
