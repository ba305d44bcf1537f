package dev.ragindex.store.pgvector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.StoreBusyException;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.VectorStore;
import dev.ragindex.tck.StoreData;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of the space of deleted rows. */
@ExtendWith(ScratchPostgres.class)
class CompactionTest {

  private static final int DOCUMENTS = 200;

  private final Sql sql;
  private final String collection = "compacted " + UUID.randomUUID().toString().substring(0, 8);
  private final VectorStore store;

  CompactionTest(DataSource database) {
    this.sql = new Sql(database);
    this.store = PgVectorStore.builder(database).collection(collection).build();
  }

  @BeforeEach
  void written_and_deleted() {
    commit(
        IntStream.range(0, DOCUMENTS)
            .<Mutation>mapToObj(i -> StoreData.put(id(i), "one of " + i, "two of " + i))
            .toList());
    commit(
        IntStream.range(0, DOCUMENTS).<Mutation>mapToObj(i -> new Mutation.Remove(id(i))).toList());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static DocumentId id(int number) {
    return new DocumentId("docs", "document " + number);
  }

  private void commit(List<Mutation> batch) {
    try (StoreWriter writer = store.writer()) {
      writer.commit(batch);
    }
  }

  private long pages() {
    return Long.parseLong(
        sql.ask(
            "SELECT sum(pg_relation_size(quote_ident('%s_g1_' || name))) FROM (VALUES ('chunks'), ('documents')) t(name)"
                .formatted(collection)));
  }

  @Test
  void space_of_deleted_documents_is_given_back() {
    long before = store.info().bytes();
    assertThat(pages()).isPositive();

    store.compact();

    assertThat(pages()).isZero();
    assertThat(store.info().bytes()).isLessThan(before);
    assertThat(store.check()).isEmpty();
  }

  @Test
  void compacting_beside_a_writer_is_refused_and_the_lock_is_free_afterwards() {
    try (StoreWriter writer = store.writer()) {
      assertThatThrownBy(store::compact)
          .isInstanceOf(StoreBusyException.class)
          .hasMessageContaining("process " + ProcessHandle.current().pid());
      writer.commit(List.of(StoreData.put(id(1), "three")));
    }
    store.compact();

    commit(List.of(StoreData.put(id(2), "four")));
    assertThat(sql.ask("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")).isEqualTo("0");
  }
}
