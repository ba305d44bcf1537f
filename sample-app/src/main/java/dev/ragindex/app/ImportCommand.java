package dev.ragindex.app;

import dev.ragindex.api.Settings;
import dev.ragindex.core.CopyReport;
import dev.ragindex.core.RagIndex;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Brings an export back. The whole file is checked before anything is written: each id and
 * embedding key is recomputed, each vector looked at.
 */
@Command(
    description = {
      "Bring chunks and vectors back that 'export --vectors' wrote; embeds nothing.",
      "Documents that the index has already are left as they are. The next sync reads the imported"
          + " ones again, and embeds only what differs."
    })
final class ImportCommand implements Verb {

  private final Terminal terminal;

  @Parameters(paramLabel = "FILE", description = "What 'export --vectors' wrote.")
  Path file = Path.of("");

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "The model that made the vectors (default: the index's, or minilm).")
  @Nullable String model;

  @Mixin final IndexOptions index = new IndexOptions();
  @Mixin final OutputOptions output = new OutputOptions();

  ImportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public ExitCode run() {
    Settings settings = index.settings();
    ImportFile.requireReadable(file);
    Pipeline pipeline = Pipeline.ofModel(model, settings);
    try (RagIndex ragIndex = pipeline.openToRead(index)) {
      check(ragIndex);
      CopyReport report = restore(ragIndex, pipeline);
      terminal.show(new ImportPage(report), output.json);
      return report.kept().isEmpty() ? ExitCode.DONE : ExitCode.INCOMPLETE;
    }
  }

  private void check(RagIndex ragIndex) {
    try (ImportFile documents = ImportFile.open(file)) {
      while (documents.hasNext()) {
        documents.check(ragIndex::requireSound);
      }
    }
  }

  private CopyReport restore(RagIndex ragIndex, Pipeline pipeline) {
    try (ImportFile documents = ImportFile.open(file)) {
      return ragIndex.restore(documents, pipeline.modelToRemember());
    }
  }
}
