package dev.ragindex.store.pgvector;

import static dev.ragindex.tck.StoreData.id;
import static dev.ragindex.tck.StoreData.put;
import static dev.ragindex.tck.StoreData.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragindex.api.Filter;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.SearchHit;
import dev.ragindex.api.SearchRequest;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.VectorStore;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Who may do what, where pgvector lies, and what names can do. */
@ExtendWith(ScratchPostgres.class)
class PgVectorAccessTest {

  private static final String PASSWORD = "a secret of 2 users";

  private final DataSource pool;
  private final PGSimpleDataSource admin;
  private final Sql sql;
  private final String unique = UUID.randomUUID().toString();

  PgVectorAccessTest(DataSource pool, PGSimpleDataSource admin) {
    this.pool = pool;
    this.admin = admin;
    this.sql = new Sql(pool);
  }

  static Stream<String> names() {
    return CollectionNameTest.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void a_collection_may_have_any_name(String name) {
    sql.run("CREATE TABLE IF NOT EXISTS victim (n int)");
    assertWorks(PgVectorStore.builder(pool).collection(name).build());
    sql.run("SELECT n FROM victim");
  }

  @ParameterizedTest
  @ValueSource(strings = {"we\"ird; DROP SCHEMA public; --", "it's", "Upper", "a.b", "\\"})
  void a_schema_may_have_any_name(String name) {
    String schema = name + unique.substring(0, 8);
    sql.run("CREATE SCHEMA " + new SqlIdentifier(schema));
    try {
      assertWorks(PgVectorStore.builder(pool).schema(schema).build());
      assertThat(
              sql.ask(
                  "SELECT count(*) FROM pg_tables WHERE schemaname = E'" + quoted(schema) + "'"))
          .isEqualTo("3");
    } finally {
      sql.run("DROP SCHEMA " + new SqlIdentifier(schema) + " CASCADE");
    }
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("'", "''");
  }

  @ParameterizedTest
  @ValueSource(strings = {"simple'); DROP TABLE victim; --", "klingon", "", "simple\0"})
  void a_language_that_postgres_does_not_know_is_refused(String language) {
    PgVectorStore store = PgVectorStore.builder(pool).collection(unique).language(language).build();
    assertThatIllegalArgumentException().isThrownBy(store::writer);
    assertWorks(PgVectorStore.builder(pool).collection(unique).build());
  }

  @Test
  void the_language_stays_what_it_was() {
    PgVectorStore english =
        PgVectorStore.builder(pool).collection(unique).language("english").build();
    try (StoreWriter writer = english.writer()) {
      writer.commit(List.of(put(id("a"), "He was running"), put(id("b"), "It is")));
    }
    SearchRequest runs = SearchRequest.of("runs").mode(SearchRequest.Mode.KEYWORD);
    assertThat(PgVectorStore.builder(pool).collection(unique).build().search(runs, null))
        .extracting(SearchHit::text)
        .containsExactly("He was running");
    PgVectorStore german =
        PgVectorStore.builder(pool).collection(unique).language("german").build();
    assertThatIllegalArgumentException()
        .isThrownBy(german::writer)
        .withMessageContaining("english")
        .withMessageContaining("german");
    english.writer().close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"'", "\\", "\"", "a & b", "!", "<->", "' | 'x", "\\'", "a:*", "x\0y", "%"})
  void a_query_is_words_and_nothing_else(String text) {
    PgVectorStore store = PgVectorStore.builder(pool).collection(unique).build();
    try (StoreWriter writer = store.writer()) {
      writer.commit(List.of(put(id("a"), "it's c:\\temp and a:b \"quoted\" ' x | y")));
    }
    SearchRequest request =
        SearchRequest.of(text + " temp")
            .mode(SearchRequest.Mode.KEYWORD)
            .where(Filter.ne(text.replace('\0', '0'), text.replace('\0', '0')));
    assertThat(store.search(request, null)).hasSizeLessThanOrEqualTo(1);
    assertThat(store.search(SearchRequest.of("quoted " + text), vector(text))).hasSize(1);
    assertThat(store.search(SearchRequest.of("quoted").in(text), vector(text))).isEmpty();
  }

  @Test
  void a_plain_user_can_do_everything_and_a_reader_can_read() throws SQLException {
    String schema = "plain_" + unique;
    String writer = "writer_" + unique;
    String reader = "reader_" + unique;
    sql.run(
        role(writer),
        role(reader),
        "CREATE SCHEMA %s AUTHORIZATION %s".formatted(name(schema), name(writer)));
    try {
      PgVectorStore written = PgVectorStore.builder(as(writer)).schema(schema).build();
      PgVectorStore read = PgVectorStore.builder(as(reader)).schema(schema).build();
      assertWorks(written);
      assertThatThrownBy(() -> read.search(SearchRequest.of("one"), vector("one")))
          .isInstanceOf(IndexingException.class)
          .hasMessageContaining("42501");
      sql.run(
          "GRANT USAGE ON SCHEMA %s TO %s".formatted(name(schema), name(reader)),
          "GRANT SELECT ON ALL TABLES IN SCHEMA %s TO %s".formatted(name(schema), name(reader)),
          "ALTER ROLE %s SET default_transaction_read_only = on".formatted(name(reader)));
      assertReads(read);
      assertThatThrownBy(read::writer)
          .isInstanceOf(IndexingException.class)
          .hasMessageNotContaining(PASSWORD);
      assertWorks(written);
    } finally {
      sql.run("DROP SCHEMA %s CASCADE".formatted(name(schema)));
      sql.run("DROP ROLE " + name(writer), "DROP ROLE " + name(reader));
    }
  }

  private static String role(String role) {
    return "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(name(role), PASSWORD);
  }

  private static SqlIdentifier name(String name) {
    return new SqlIdentifier(name);
  }

  private PGSimpleDataSource as(String user) throws SQLException {
    PGSimpleDataSource other = copy();
    other.setUser(user);
    other.setPassword(PASSWORD);
    return other;
  }

  private PGSimpleDataSource copy() {
    PGSimpleDataSource other = new PGSimpleDataSource();
    other.setUrl(admin.getUrl());
    other.setUser(admin.getUser());
    other.setPassword(admin.getPassword());
    return other;
  }

  @Test
  void pgvector_may_lie_in_any_schema_and_is_made_only_on_request() throws SQLException {
    PGSimpleDataSource other = copy();
    other.setCurrentSchema("public");
    other.setDatabaseName("db_" + unique);
    sql.run("CREATE DATABASE " + name("db_" + unique));
    try {
      Sql inside = new Sql(other);
      PgVectorStore store = PgVectorStore.at(other);
      assertThat(store.search(SearchRequest.of("one"), vector("one"))).isEmpty();
      assertThatThrownBy(store::writer)
          .isInstanceOf(IndexingException.class)
          .hasMessageContaining("CREATE EXTENSION vector");
      PgVectorStore asking =
          PgVectorStore.builder(other).collection("asking").createExtension().build();
      assertWorks(asking);
      inside.run(
          "DROP TABLE \"asking_g1_chunks\", \"asking_g1_documents\", rag_index_collections",
          "DROP EXTENSION vector",
          "CREATE SCHEMA \"ex\"\"t\"",
          "CREATE EXTENSION vector SCHEMA \"ex\"\"t\"");
      assertWorks(store);
    } finally {
      sql.run("DROP DATABASE %s WITH (FORCE)".formatted(name("db_" + unique)));
    }
  }

  @Test
  void failures_to_connect_are_infrastructure_and_tell_no_password() throws SQLException {
    PGSimpleDataSource wrongPassword = copy();
    wrongPassword.setPassword(PASSWORD);
    PGSimpleDataSource nobodyThere = copy();
    nobodyThere.setPassword(PASSWORD);
    nobodyThere.setPortNumbers(new int[] {1});
    PGSimpleDataSource noDatabase = copy();
    noDatabase.setDatabaseName("not there " + unique);
    for (PGSimpleDataSource broken : List.of(wrongPassword, nobodyThere, noDatabase)) {
      PgVectorStore store = PgVectorStore.at(broken);
      for (Runnable use :
          List.<Runnable>of(
              store::snapshot,
              store::writer,
              store::info,
              () -> store.search(SearchRequest.of("one"), vector("one")))) {
        assertThatThrownBy(use::run)
            .isInstanceOfSatisfying(
                IndexingException.class,
                e -> {
                  assertThat(e.kind()).isEqualTo(IndexingException.Kind.INFRASTRUCTURE);
                  for (Throwable t = e; t != null; t = t.getCause()) {
                    assertThat(t.toString()).doesNotContain(PASSWORD, admin.getPassword());
                  }
                });
      }
    }
  }

  @Test
  void the_location_says_where_without_secrets() {
    PgVectorStore store = PgVectorStore.builder(pool).collection(unique).build();
    assertWorks(store);
    assertThat(store.info().location())
        .contains(unique, admin.getDatabaseName(), String.valueOf(admin.getPortNumbers()[0]))
        .doesNotContain(admin.getPassword());
    assertThat(store.info().format()).isEqualTo(2);
    assertThat(store.info().bytes()).isPositive();
    assertThat(store.info().simd()).isNull();
  }

  /** Writes, reads and searches, whether it is new or not. */
  private static void assertWorks(VectorStore store) {
    try (StoreWriter writer = store.writer()) {
      writer.commit(List.of(put(id("a"), Metadata.EMPTY.with("n", 1L), "one", "two")));
    }
    assertReads(store);
  }

  private static void assertReads(VectorStore store) {
    try (Snapshot snapshot = store.snapshot()) {
      assertThat(snapshot.chunks(id("a"))).isEqualTo(put(id("a"), "one", "two").chunks());
      assertThat(snapshot.sources()).containsExactly("docs");
    }
    SearchRequest request = SearchRequest.of("two").where(Filter.eq("n", 1L));
    for (SearchRequest.Mode mode : SearchRequest.Mode.values()) {
      assertThat(store.search(request.mode(mode), vector("two")).getFirst().text())
          .isEqualTo("two");
    }
    assertThat(store.check()).isEmpty();
  }
}
