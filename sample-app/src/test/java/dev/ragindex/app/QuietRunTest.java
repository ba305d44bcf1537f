package dev.ragindex.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that changes nothing starts nothing that takes long to start. */
class QuietRunTest {

  @Test
  void nothing_is_loaded_that_only_changes_need(@TempDir Path folder) throws Exception {
    Workplace at = Workplace.in(folder).write("a.md", "Employees have 30 days of leave.");
    assertThat(classesLoaded(at, folder.resolve("first.txt")))
        .contains("tika.config.TikaConfig ", "tokens.TokenizerFile ", "onnxruntime.OrtSession ");

    assertThat(classesLoaded(at, folder.resolve("second.txt")))
        .contains("dev.ragindex.core.SyncRun ")
        .doesNotContain("tika.config.", "tokens.TokenizerFile ", "onnxruntime.");
  }

  /** What Java says that it loaded for a sync. */
  private static String classesLoaded(Workplace at, Path log) throws Exception {
    Outcome outcome =
        new OtherProcess()
            .with("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + log)
            .run("sync", at.documents(), "--index", at.index());
    assertThat(outcome.exit()).as(outcome.err()).isZero();
    return Files.readString(log);
  }
}
