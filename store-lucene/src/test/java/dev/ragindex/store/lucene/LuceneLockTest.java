package dev.ragindex.store.lucene;

import static dev.ragindex.tck.StoreData.id;
import static dev.ragindex.tck.StoreData.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragindex.api.Snapshot;
import dev.ragindex.api.StoreBusyException;
import dev.ragindex.api.StoreWriter;
import dev.ragindex.api.VectorStore;
import java.io.BufferedReader;
import java.io.File;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One writer in all processes. */
class LuceneLockTest {

  @TempDir Path folder;

  @Test
  void another_process_is_named_and_once_dead_blocks_nobody() throws Exception {
    Process other = holder();
    try (VectorStore store = LuceneStore.at(folder)) {
      assertThatThrownBy(store::writer)
          .isInstanceOf(StoreBusyException.class)
          .hasMessageContaining("process " + other.pid())
          .hasMessageContaining(" on " + InetAddress.getLocalHost().getHostName())
          .hasMessageContaining(" since 2");
      assertThatThrownBy(store::compact).isInstanceOf(StoreBusyException.class);
      try (Snapshot snapshot = store.snapshot()) {
        assertThat(snapshot.state(id("a"))).as("reading goes on").isNotNull();
      }

      other.destroyForcibly().waitFor();

      try (StoreWriter writer = store.writer()) {
        assertThat(writer.commit(List.of(put(id("b"), "two")))).isEqualTo(2);
      }
      assertThat(store.check()).isEmpty();
    } finally {
      other.destroyForcibly();
    }
  }

  private Process holder() throws Exception {
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-cp",
                System.getProperty("java.class.path"),
                HoldWriter.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader out = process.inputReader();
    assertThat(out.readLine()).isEqualTo("holding");
    return process;
  }
}
