package dev.ragindex.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ragindex.tck.EmbeddingsReply;
import dev.ragindex.tck.EmbeddingsServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models behind a service, which takes a key and money. */
class ServiceModelTest {

  private static final String KEY = "sk-secret-4711";
  private static final String MODEL = "openai:text-embedding-3-small";

  private Workplace at;
  private EmbeddingsServer server;
  private OtherProcess process;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    at = Workplace.in(folder);
    for (int i = 0; i < 5; i++) {
      at.write("page" + i + ".md", "# Page %d\n\nSomething is said on page %d.\n".formatted(i, i));
    }
    server = EmbeddingsServer.start(1_536);
    process =
        new OtherProcess()
            .with("OPENAI_API_KEY", KEY)
            .with("OPENAI_BASE_URL", server.baseUrl().toString());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Outcome sync(Object... more) throws Exception {
    List<Object> args =
        new ArrayList<>(List.of("sync", at.documents(), "--index", at.index(), "--json"));
    args.addAll(List.of(more));
    return process.run(args.toArray());
  }

  @Test
  void a_folder_is_indexed_paid_for_and_not_paid_for_twice() throws Exception {
    Outcome first = sync("--model", MODEL);
    assertThat(first.exit()).as(first.err()).isZero();
    long tokens = first.json().at("/tokens/embedded").asLong();
    assertThat(tokens).isPositive();
    assertThat(first.json().get("price").decimalValue())
        .isEqualByComparingTo(new BigDecimal("0.00000002").multiply(BigDecimal.valueOf(tokens)));
    int requests = server.requests().size();

    Outcome again = sync();
    assertThat(again.json().get("unchanged").asInt()).isEqualTo(5);
    assertThat(again.json().get("price").decimalValue()).isZero();
    assertThat(server.requests()).hasSize(requests);
  }

  @Test
  void own_prices_count_and_unknown_ones_are_null() throws Exception {
    Path prices = at.documents().resolveSibling("prices.json");
    Files.writeString(prices, "{\"text-embedding-3-small\": 2.5}");
    JsonNode plan =
        process
            .run(
                "plan",
                at.documents(),
                "--index",
                at.index(),
                "--json",
                "--exact",
                "--model",
                MODEL,
                "--prices",
                prices)
            .json();
    assertThat(plan.get("price").asDouble())
        .isEqualTo(plan.at("/tokens/estimated").asLong() * 2.5 / 1e6);
    Files.writeString(prices, "{\"text-embedding-3-small\": \"cheap\"}");
    assertThat(sync("--prices", prices).exit()).isEqualTo(2);
  }

  @Test
  void throttling_is_waited_out() throws Exception {
    server.behave(
        request ->
            request.number() <= 2
                ? EmbeddingsReply.error(429, "slow down").with("Retry-After", "1")
                : EmbeddingsReply.vectors(server.vectors(request)));
    Outcome run = sync("--model", MODEL);
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(server.requests()).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void a_wrong_key_ends_the_run_and_blames_no_document() throws Exception {
    server.behave(request -> EmbeddingsReply.error(401, "bad key " + KEY));
    Outcome run = sync("--model", MODEL);
    assertThat(run.exit()).isEqualTo(4);
    assertThat(run.json().get("error").asText()).contains("401");
    assertThat(at.run("status", "--json").json().get("quarantined")).isEmpty();
  }

  @Test
  void another_model_behind_the_name_is_found_out() throws Exception {
    sync("--model", MODEL);
    at.write("new.md", "Something else is said here.");
    server.behave(
        request ->
            EmbeddingsReply.vectors(
                request.inputs().stream()
                    .map(text -> EmbeddingsServer.vector("other " + text, 1_536))
                    .toList()));
    Outcome run = sync();
    assertThat(run.exit()).isEqualTo(4);
    assertThat(run.json().get("error").asText()).contains("not the one that made this index");
  }

  @Test
  void without_a_key_there_is_a_clear_refusal() throws Exception {
    Outcome run = at.run("sync", at.documents(), "--model", MODEL, "--json");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.json().get("hint").asText()).contains("OPENAI_API_KEY");
    assertThat(at.index()).doesNotExist();
  }

  /** Whatever is written: pages, JSON, index files, plans. */
  @Test
  void the_key_is_never_written_anywhere() throws Exception {
    Path plan = at.documents().resolveSibling("plan.json");
    List<Outcome> outcomes = new ArrayList<>();
    outcomes.add(sync("--model", MODEL));
    at.write("more.md", "And this.");
    outcomes.add(
        process.run("plan", at.documents(), "--index", at.index(), "--exact", "--out", plan));
    outcomes.add(process.run("status", "--index", at.index()));
    server.behave(request -> EmbeddingsReply.error(403, "your key " + KEY));
    outcomes.add(process.run("apply", plan));
    for (Outcome outcome : outcomes) {
      assertThat(outcome.out()).doesNotContain(KEY);
      assertThat(outcome.err()).doesNotContain(KEY);
    }
    try (Stream<Path> files = Files.walk(at.documents().getParent())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(content).as(file.toString()).doesNotContain(KEY);
      }
    }
  }
}
