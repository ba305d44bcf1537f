package dev.ragindex.app;

import dev.ragindex.core.SyncCancelledException;
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
    try {
      SyncReport report = sync(source);
      terminal.show(new SyncPage(report), options.output.json);
      return report.clean() ? ExitCode.DONE : ExitCode.INCOMPLETE;
    } catch (SyncCancelledException cancelled) {
      terminal.show(new SyncPage(cancelled.report()), options.output.json);
      terminal.err().println("rag-index: " + cancelled.getMessage());
      return ExitCode.CANCELLED;
    }
  }

  private SyncReport sync(FolderSource source) {
    try (ProgressLine progress = ProgressLine.on(terminal, source)) {
      return options.run(source, progress, (index, settings) -> index.sync(source, settings));
    }
  }
}
