package dev.ragindex.app;

import dev.ragindex.core.SyncReport;
import dev.ragindex.core.source.FolderSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Brings the index up to date with a folder. */
@Command(description = "Bring the index up to date with a folder; only changes cost.")
final class SyncCommand implements Verb {

  private final Terminal terminal;

  @Mixin final RunOptions options = new RunOptions();

  SyncCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public ExitCode run() {
    FolderSource source = options.source();
    Pipeline pipeline = options.pipeline(source);
    return SyncPage.show(
        () -> sync(source, pipeline), options.bill(pipeline), terminal, options.output.json);
  }

  private SyncReport sync(FolderSource source, Pipeline pipeline) {
    try (ProgressLine progress = ProgressLine.on(terminal, source)) {
      return options.run(pipeline, progress, (index, settings) -> index.sync(source, settings));
    }
  }
}
