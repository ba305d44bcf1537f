package dev.ragindex.app;

import dev.ragindex.api.Settings;
import dev.ragindex.core.RagIndex;
import dev.ragindex.core.VerifyReport;
import dev.ragindex.core.source.FolderSource;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks an index against itself, and against its folder if one is named. */
@Command(description = "Check the index against itself, and against FOLDER if it is named.")
final class VerifyCommand implements Verb {

  private final Terminal terminal;

  @Parameters(paramLabel = "FOLDER", arity = "0..1", description = "The folder it was made from.")
  @Nullable Path folder;

  @Option(
      names = "--repair",
      description =
          "Make damaged documents whole: those of FOLDER are read again; without it they leave the"
              + " index until the next sync.")
  boolean repair;

  @Mixin final FolderOptions files = new FolderOptions();
  @Mixin final IndexOptions index = new IndexOptions();
  @Mixin final OutputOptions output = new OutputOptions();

  VerifyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public ExitCode run() {
    Settings settings = index.requireSettings();
    VerifyReport report = folder == null ? itself(settings) : against(folder, settings);
    terminal.show(new VerifyPage(report), output.json);
    return report.ok() ? ExitCode.DONE : ExitCode.INCOMPLETE;
  }

  private VerifyReport itself(Settings settings) {
    try (RagIndex ragIndex = Pipeline.remembered(settings).openToRead(index)) {
      return repair ? ragIndex.repair() : ragIndex.verify();
    }
  }

  private VerifyReport against(Path documents, Settings settings) {
    FolderSource source = files.source(documents, index.folder());
    Pipeline pipeline = Pipeline.of(new PipelineOptions(), settings, source.name());
    try (RagIndex ragIndex = pipeline.open(index)) {
      return repair ? ragIndex.repair(source) : ragIndex.verify(source);
    }
  }
}
