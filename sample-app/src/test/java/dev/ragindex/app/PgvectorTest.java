package dev.ragindex.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.VectorStore;
import dev.ragindex.store.pgvector.PgVectorStore;
import dev.ragindex.test.postgres.TestSchema;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** Every command on an index in PostgreSQL. */
class PgvectorTest {

  private static TestSchema postgres;

  @TempDir Path folder;
  private final String collection = UUID.randomUUID().toString();
  private final List<Outcome> outcomes = new ArrayList<>();
  private Workplace at;

  @BeforeAll
  static void start() {
    postgres = new TestSchema();
  }

  @AfterAll
  static void stop() {
    if (postgres != null) {
      postgres.close();
    }
  }

  @BeforeEach
  void two_documents() throws IOException {
    at =
        Workplace.in(folder)
            .write("leave.md", "# Leave\n\nEveryone has 28 days of paid leave a year.\n")
            .write("lunch.md", "# Lunch\n\nLunch is served from a quarter to twelve.\n");
  }

  private Outcome run(Object... args) {
    return runAt(postgres.url(), args);
  }

  private Outcome runAt(String url, Object... args) {
    List<Object> all = new ArrayList<>(Arrays.asList(args));
    all.addAll(List.of("--pgvector", url, "--collection", collection));
    return remember(Outcome.of(all.toArray()));
  }

  private Outcome remember(Outcome outcome) {
    outcomes.add(outcome);
    return outcome;
  }

  private Outcome sync() {
    return run("sync", at.documents(), "--model", "hashing", "--json");
  }

  private static String password() {
    return postgres.database().getPassword();
  }

  private static String withoutPassword() {
    return PostgresUrl.of(postgres.url()).toString();
  }

  private void assertThatNoPasswordWasTold() {
    assertThat(password()).isNotBlank();
    assertThat(outcomes).isNotEmpty();
    for (Outcome outcome : outcomes) {
      assertThat(outcome.out() + outcome.err()).doesNotContain(password());
    }
  }

  @Test
  void every_verb_works_as_on_a_folder() throws IOException {
    assertThat(sync().json().get("added").asInt()).isEqualTo(2);
    assertThat(sync().json().get("unchanged").asInt()).isEqualTo(2);
    JsonNode hits = run("search", "days of leave", "--json").json().get("hits");
    assertThat(hits.get(0).get("document").asText()).isEqualTo("leave.md");
    JsonNode status = run("status", "--json").json();
    assertThat(status.get("documents").asInt()).isEqualTo(2);
    assertThat(status.get("bytes").asLong()).isPositive();
    assertThat(run("status").out()).contains("in PostgreSQL");
    assertThat(run("explain", "leave.md", "--json").json().get("state").asText())
        .isEqualTo("indexed");
    assertThat(run("verify").exit()).isZero();
    assertThat(run("verify", at.documents()).exit()).isZero();

    Path export = Files.writeString(folder.resolve("x.jsonl"), run("export", "--vectors").out());
    assertThat(run("forget", "leave.md").exit()).isZero();
    assertThat(run("compact", "--json").json().get("bytesAfter").asLong()).isPositive();
    assertThat(run("export").jsonLines()).hasSize(1);
    assertThat(run("import", export).exit()).isZero();
    assertThat(run("export", "--vectors").out()).isEqualTo(Files.readString(export));
    assertThat(sync().json().get("chunks").get("embedded").asInt()).isZero();

    assertThat(at.index()).doesNotExist();
    assertThat(Path.of(".rag-index")).doesNotExist();
    assertThatNoPasswordWasTold();
  }

  @Test
  void saved_plan_has_no_password_and_is_applied_with_one() throws IOException {
    Path plan = folder.resolve("plan.json");

    run("plan", at.documents(), "--model", "hashing", "--out", plan);
    Outcome apply = remember(Outcome.of("apply", plan, "--pgvector", postgres.url(), "--json"));

    assertThat(plan).content().contains(withoutPassword()).doesNotContain(password());
    assertThat(apply.json().get("added").asInt()).isEqualTo(2);
    assertThat(run("status", "--json").json().get("documents").asInt()).isEqualTo(2);
    assertThatNoPasswordWasTold();
  }

  @Test
  void saved_plan_without_the_password_cannot_be_applied() {
    Path plan = folder.resolve("plan.json");
    run("plan", at.documents(), "--model", "hashing", "--out", plan);

    Outcome alone = remember(Outcome.of("apply", plan, "--json"));
    Outcome elsewhere =
        remember(Outcome.of("apply", plan, "--pgvector", "jdbc:postgresql://elsewhere/db"));

    assertThat(alone.exit()).isEqualTo(3);
    assertThat(alone.json().get("error").asText()).contains("password");
    assertThat(elsewhere.exit()).isEqualTo(2);
    assertThat(elsewhere.err()).contains("another index").contains(withoutPassword());
    assertThatNoPasswordWasTold();
  }

  @Test
  void password_comes_from_the_file_that_the_environment_names() throws Exception {
    PGSimpleDataSource database = postgres.database();
    Path passwords =
        Files.writeString(
            folder.resolve("passwords"),
            "*:*:*:%s:%s%n".formatted(database.getUser(), database.getPassword()));
    Files.setPosixFilePermissions(passwords, PosixFilePermissions.fromString("rw-------"));
    sync();

    Outcome status =
        new OtherProcess()
            .with("PGPASSFILE", passwords.toString())
            .run("status", "--json", "--pgvector", withoutPassword(), "--collection", collection);

    assertThat(status.json().get("documents").asInt()).isEqualTo(2);
  }

  @Test
  void held_index_is_busy_and_waited_for() throws InterruptedException {
    sync();
    VectorStore store = PgVectorStore.builder(postgres.database()).collection(collection).build();
    StoreWriter held = store.writer();

    Outcome busy = run("forget", "leave.md");
    Thread release = Thread.ofPlatform().start(() -> closeLater(held));
    Outcome waited = run("forget", "leave.md", "--wait", "1m");
    release.join();

    assertThat(busy.exit()).isEqualTo(3);
    assertThat(busy.err()).contains("process " + ProcessHandle.current().pid()).contains("--wait");
    assertThat(waited.exit()).isZero();
    assertThatNoPasswordWasTold();
  }

  private static void closeLater(StoreWriter held) {
    try {
      Thread.sleep(300);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    held.close();
  }

  @Test
  void unreachable_server_is_out_of_reach_for_every_verb() throws IOException {
    String nobody =
        "jdbc:postgresql://localhost:%d/db?user=u&password=s3cret".formatted(freePort());
    Path plan = folder.resolve("plan.json");
    run("plan", at.documents(), "--model", "hashing", "--out", plan);
    Files.writeString(
        plan,
        Files.readString(plan).replace(withoutPassword(), nobody.replace("&password=s3cret", "")));

    List<Outcome> told =
        List.of(
            runAt(nobody, "sync", at.documents()),
            runAt(nobody, "plan", at.documents()),
            remember(Outcome.of("apply", plan, "--pgvector", nobody)),
            runAt(nobody, "search", "leave"),
            runAt(nobody, "status"),
            runAt(nobody, "explain", "leave.md"),
            runAt(nobody, "verify"),
            runAt(nobody, "forget", "leave.md"),
            runAt(nobody, "compact"),
            runAt(nobody, "export"),
            runAt(nobody, "import", plan));

    for (Outcome outcome : told) {
      assertThat(outcome.err()).contains("can be reached").doesNotContain("s3cret");
      assertThat(outcome.exit()).as(outcome.err()).isEqualTo(3);
      assertThat(outcome.out()).isEmpty();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void wrong_password_is_out_of_reach() {
    String wrong = postgres.url().replace(password(), "s3cret");

    Outcome status = runAt(wrong, "status", "-v");

    assertThat(status.exit()).isEqualTo(3);
    assertThat(status.err()).contains("check user and password").doesNotContain("s3cret");
  }

  @Test
  void index_that_is_not_there_is_told_without_password() {
    Outcome status = run("status");

    assertThat(status.exit()).isEqualTo(2);
    assertThat(status.err()).contains("no index at " + withoutPassword()).contains(collection);
    assertThatNoPasswordWasTold();
  }
}
