package dev.ragindex.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C and SIGTERM. */
@Timeout(180)
class CancellationTest {

  private static final List<String> COUNTED =
      List.of(
          "added",
          "updated",
          "patched",
          "moved",
          "unchanged",
          "quarantined",
          "suspect",
          "deferred");

  @TempDir Path folder;

  @Test
  void terminated_sync_ends_with_130_and_a_true_report_and_the_next_one_goes_on() throws Exception {
    Workplace at = Workplace.in(folder);
    for (int i = 0; i < 1_000; i++) {
      at.write("d" + i + ".txt", "Document %d has a sentence like this. ".formatted(i).repeat(800));
    }

    Outcome run =
        new OtherProcess()
            .run(
                process -> terminateOnceWriting(process, at.index()),
                "sync",
                at.documents(),
                "--model",
                "hashing",
                "--index",
                at.index(),
                "--json");
    JsonNode report = run.json();
    long there = at.run("status", "--json").json().get("documents").asLong();
    long indexed = report.get("added").asLong();

    assertThat(run.exit()).as(run.err()).isEqualTo(130);
    assertThat(report.get("listed").asLong())
        .isEqualTo(COUNTED.stream().mapToLong(field -> report.get(field).asLong()).sum())
        .isLessThan(1_000);
    assertThat(report.get("deleted").asInt()).isZero();
    assertThat(there).isEqualTo(indexed);
    assertThat(run.err()).contains("cancelled");
    Files.writeString(at.documents().resolve("last.txt"), "The last document.");
    JsonNode next = at.sync("--json").json();
    assertThat(next.get("unchanged").asLong()).isEqualTo(indexed);
    assertThat(next.get("added").asLong()).isEqualTo(1_001 - indexed);
  }

  private static void terminateOnceWriting(Process process, Path index)
      throws IOException, InterruptedException {
    while (process.isAlive() && !Files.exists(index)) {
      Thread.sleep(5);
    }
    Thread.sleep(300);
    process.destroy();
  }
}
