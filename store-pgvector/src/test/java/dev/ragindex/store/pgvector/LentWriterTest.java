package dev.ragindex.store.pgvector;

import static dev.ragindex.tck.StoreData.id;
import static dev.ragindex.tck.StoreData.put;
import static dev.ragindex.tck.StoreData.vector;
import static dev.ragindex.tck.StoreData.withVectors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragindex.api.SearchRequest;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.StoreBusyException;
import dev.ragindex.api.StoreWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ScratchPostgres.class)
class LentWriterTest {

  private final PgVectorStore store;
  private final Connection lent;
  private final Sql sql;

  LentWriterTest(DataSource database, Connection lent) {
    this.store = PgVectorStore.builder(database).collection(UUID.randomUUID().toString()).build();
    this.lent = lent;
    this.sql = new Sql(database);
  }

  @BeforeEach
  void beginTransaction() throws SQLException {
    sql.run("CREATE TABLE IF NOT EXISTS orders (n int)", "TRUNCATE orders");
    lent.setAutoCommit(false);
  }

  @Test
  void rows_and_index_change_together() throws SQLException {
    insertOrder();
    try (StoreWriter writer = store.writer(lent)) {
      assertThat(writer.commit(List.of(put(id("a"), "one")))).isEqualTo(1);
      assertThat(writer.commit(List.of(put(id("b"), "two")))).isEqualTo(2);
    }
    assertThat(documents()).isZero();
    assertThatThrownBy(store::writer).isInstanceOf(StoreBusyException.class);

    lent.commit();

    assertThat(documents()).isEqualTo(2);
    assertThat(orders()).isEqualTo("1");
    store.writer().close();
  }

  @Test
  void both_vanish_with_a_rollback() throws SQLException {
    store.writer().close();
    insertOrder();
    StoreWriter writer = store.writer(lent);
    writer.commit(List.of(put(id("a"), "one")));

    lent.rollback();

    assertThat(documents()).isZero();
    assertThat(orders()).isEqualTo("0");
    try (StoreWriter next = store.writer()) {
      next.commit(List.of(put(id("b"), "two")));
      assertThatThrownBy(() -> writer.commit(List.of(put(id("c"), "three"))))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("has ended");
      lent.rollback();
    }
    assertThat(documents()).isEqualTo(1);
  }

  @Test
  void a_failed_batch_leaves_the_transaction_as_it_was() throws SQLException {
    insertOrder();
    try (StoreWriter writer = store.writer(lent)) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  writer.commit(List.of(withVectors(put(id("a"), "one"), new float[] {1, 2, 3}))));
      assertThatThrownBy(() -> writer.commit(List.of(withVectors(put(id("a"), "one"), null))))
          .isInstanceOf(IllegalArgumentException.class);
      writer.commit(List.of(put(id("b"), "two")));
    }
    lent.commit();
    assertThat(orders()).isEqualTo("1");
    assertThat(store.search(SearchRequest.of("two"), vector("two"))).hasSize(1);
  }

  @Test
  void a_connection_without_transaction_is_refused() throws SQLException {
    lent.setAutoCommit(true);
    assertThatIllegalArgumentException().isThrownBy(() -> store.writer(lent));
  }

  private void insertOrder() throws SQLException {
    try (Statement statement = lent.createStatement()) {
      statement.execute("INSERT INTO orders VALUES (1)");
    }
  }

  private String orders() {
    return sql.ask("SELECT count(*) FROM orders");
  }

  private long documents() {
    try (Snapshot snapshot = store.snapshot()) {
      return snapshot.counts().documents();
    }
  }
}
