package dev.ragindex.app;

import dev.ragindex.core.RagIndex;
import dev.ragindex.core.VerifyReport;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Checks an index against itself, and against its folder if one is named. */
@Command(description = "Check the index against itself, and against FOLDER if it is named.")
final class VerifyCommand implements Verb {

  private final Terminal terminal;

  @Parameters(paramLabel = "FOLDER", arity = "0..1", description = "The folder it was made from.")
  @Nullable Path folder;

  @Mixin final FolderOptions files = new FolderOptions();
  @Mixin final IndexOptions index = new IndexOptions();
  @Mixin final OutputOptions output = new OutputOptions();

  VerifyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public ExitCode run() {
    Pipeline pipeline = Pipeline.remembered(index.requireSettings());
    try (RagIndex ragIndex = pipeline.open(index)) {
      VerifyReport report = verify(ragIndex);
      terminal.show(new VerifyPage(report), output.json);
      return report.ok() ? ExitCode.DONE : ExitCode.INCOMPLETE;
    }
  }

  private VerifyReport verify(RagIndex ragIndex) {
    return folder == null ? ragIndex.verify() : ragIndex.verify(files.source(folder, index.folder));
  }
}
