package dev.ragindex.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragindex.api.IndexingException;
import dev.ragindex.api.Mutation;
import dev.ragindex.api.SearchRequest;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.VectorStore;
import dev.ragindex.core.memory.InMemoryStore;
import dev.ragindex.proof.KillContract.Played;
import dev.ragindex.store.pgvector.PgVectorStore;
import dev.ragindex.test.postgres.ScratchServer;
import dev.ragindex.test.postgres.TestSchema;
import dev.ragindex.test.postgres.TestServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * What an administrator does and what befalls a server, on one of its own: it is killed, backed up
 * and restored, watched, and put behind PgBouncer.
 */
@Timeout(600)
class PostgresServerTest {

  private static final Played FIRST = Played.SCENARIO.getFirst();
  private static final Played SECOND = Played.SCENARIO.get(1);

  private static ScratchServer server;

  @TempDir Path folder;
  private TestSchema schema;

  @BeforeAll
  static void start() {
    server = TestServer.scratch(Path.of("target", "scratch-postgres-of-its-own"));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void make() {
    schema = new TestSchema(server.url());
  }

  @AfterEach
  void drop() {
    schema.close();
  }

  /**
   * The run that the crash interrupts fails and may be repeated. The short form kills three times,
   * the long one ({@code -Dragindex.soak=true}) 200.
   */
  @Test
  void a_sync_after_the_server_was_killed_during_one_gives_what_an_undisturbed_one_gives()
      throws SQLException {
    Random random = new Random(Soak.seed());
    for (int kill = 0; kill < Soak.size(3, 200); kill++) {
      Played step = Played.SCENARIO.get(random.nextInt(Played.SCENARIO.size()));
      int statements = statements(step);
      seed(step);
      int fatal = 1 + random.nextInt(statements);
      AtomicInteger reached = new AtomicInteger();
      TappedDatabase doomed =
          new TappedDatabase(
              schema.url(),
              () -> {
                if (reached.incrementAndGet() == fatal) {
                  server.crash();
                }
              },
              connection -> {});
      MortalStore store = new MortalStore(PgVectorStore.at(doomed), Lifetime.unlimited());
      try {
        play(step, store);
      } catch (IndexingException e) {
        assertThat(e.kind()).isEqualTo(IndexingException.Kind.INFRASTRUCTURE);
      }
      assertThat(reached).hasValueGreaterThanOrEqualTo(fatal);
      server.restart();

      try (VectorStore next = PgVectorStore.at(schema.database());
          var snapshot = next.snapshot()) {
        assertThat(snapshot.revision()).isGreaterThanOrEqualTo(store.acknowledged());
        new Witness(next, step.before(), step.after(), step.step().moves()).close();
      }
      VectorStore next = PgVectorStore.at(schema.database());
      play(step, next);
      IndexDump.of(next).assertEqualTo(step.after());
      assertThat(next.check()).isEmpty();
    }
  }

  /** How often an undisturbed run reaches the server. */
  private int statements(Played step) throws SQLException {
    seed(step);
    AtomicInteger reached = new AtomicInteger();
    play(
        step,
        PgVectorStore.at(
            new TappedDatabase(schema.url(), reached::incrementAndGet, connection -> {})));
    return reached.get();
  }

  /** Leaves the index as it is before a step. */
  private void seed(Played step) throws SQLException {
    schema.close();
    schema = new TestSchema(server.url());
    write(step.before().toBatch());
  }

  private void write(List<Mutation> batch) {
    try (StoreWriter writer = PgVectorStore.at(schema.database()).writer()) {
      writer.commit(batch);
    }
  }

  private static void play(Played step, VectorStore store) {
    KillContract.call(step.step(), store, Lifetime.unlimited(), KillContract.EACH_DOCUMENT);
  }

  @Test
  void a_sync_after_a_restored_back_up_embeds_only_what_changed_since()
      throws IOException, InterruptedException, SQLException {
    PGSimpleDataSource original = schema.database();
    write(FIRST.after().toBatch());
    Path dump = folder.resolve("dump");
    client("pg_dump", "--format=custom", "--file=" + dump, "scratch");
    Set<String> changed = embedded(PgVectorStore.at(original)); // lost with the original
    execute(original, "CREATE DATABASE restored TEMPLATE template0");
    client("pg_restore", "--dbname=restored", dump.toString());

    PGSimpleDataSource restored = schema.database();
    restored.setDatabaseName("restored");
    VectorStore store = PgVectorStore.at(restored);
    IndexDump.of(store).assertEqualTo(FIRST.after());
    assertThat(embedded(store)).isEqualTo(changed);
    IndexDump.of(store).assertEqualTo(SECOND.after());
    assertThat(store.check()).isEmpty();
    assertThat(changed).isNotEmpty().hasSizeLessThan(embedded(InMemoryStore.create()).size());
    execute(original, "DROP DATABASE restored");
  }

  /** The texts that the second step embeds on an index. */
  private static Set<String> embedded(VectorStore store) {
    MortalEmbedder embedder = new MortalEmbedder(Lifetime.unlimited());
    KillContract.call(
        SECOND.step(), store, Lifetime.unlimited(), KillContract.AT_THE_END, embedder);
    return embedder.taken();
  }

  /** Runs a client program of the server's own version on the server. */
  private void client(String program, String... args) throws IOException, InterruptedException {
    URI address = URI.create(server.url().substring("jdbc:".length()));
    List<String> command = new ArrayList<>(List.of(server.program(program).toString()));
    command.addAll(
        List.of("--host=127.0.0.1", "--port=" + address.getPort(), "--username=scratch"));
    command.addAll(List.of(args));
    ProcessBuilder client = new ProcessBuilder(command).inheritIO();
    client.environment().put("PGPASSWORD", server.url().replaceFirst(".*password=", ""));
    assertThat(client.start().waitFor()).as(program).isZero();
  }

  @Test
  void a_batch_takes_the_same_statements_however_many_documents_it_has() throws SQLException {
    execute(schema.database(), "CREATE EXTENSION IF NOT EXISTS pg_stat_statements SCHEMA public");
    List<Mutation> all = FIRST.after().toBatch();
    List<Mutation> puts = all.stream().filter(Mutation.Put.class::isInstance).toList();
    List<Mutation> rest = all.stream().filter(one -> !puts.contains(one)).toList();
    try (StoreWriter writer = PgVectorStore.at(schema.database()).writer()) {
      writer.commit(rest);
      Map<String, Long> ofOne = statements(() -> writer.commit(puts.subList(0, 1)));
      Map<String, Long> ofMany = statements(() -> writer.commit(puts.subList(1, puts.size())));
      assertThat(puts).hasSizeGreaterThan(5);
      assertThat(ofMany).isEqualTo(ofOne);
      assertThat(ofOne.values().stream().mapToLong(calls -> calls).sum()).isBetween(5L, 11L);
    }
  }

  /** What the server was asked, and how often. */
  private Map<String, Long> statements(Runnable work) throws SQLException {
    execute(schema.database(), "SELECT public.pg_stat_statements_reset()");
    work.run();
    Map<String, Long> calls = new TreeMap<>();
    try (Connection connection = DriverManager.getConnection(server.url());
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT query, sum(calls) FROM pg_stat_statements WHERE query NOT LIKE"
                    + " '%pg_stat_statements%' GROUP BY query")) {
      while (rows.next()) {
        calls.put(rows.getString(1), rows.getLong(2));
      }
    }
    return calls;
  }

  /** A pooler hands each transaction to any session, so a lock of the session protects nobody. */
  @Test
  void behind_a_pooler_of_transactions_one_writes_all_read_and_an_older_writer_is_refused() {
    String pooled = TestServer.pooler(server);
    VectorStore store = behind(pooled);
    VectorStore other = behind(pooled);
    play(FIRST, store);
    IndexDump.of(other).assertEqualTo(FIRST.after());
    assertThat(other.check()).isEmpty();
    assertThat(other.search(SearchRequest.of("paragraph").mode(SearchRequest.Mode.KEYWORD), null))
        .isNotEmpty();
    try (StoreWriter older = store.writer()) {
      play(SECOND, other);
      assertThatThrownBy(() -> older.commit(FIRST.after().toBatch()))
          .isInstanceOf(IndexingException.class)
          .hasMessageContaining("newer writer");
    }
    IndexDump.of(PgVectorStore.at(schema.database())).assertEqualTo(SECOND.after());
  }

  /** A pooler does not pass on the schema that a connection looks into. */
  private VectorStore behind(String pooled) {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(pooled);
    return PgVectorStore.builder(database).schema(schema.name()).build();
  }

  private static void execute(PGSimpleDataSource database, String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
