package dev.ragindex.app;

import dev.ragindex.core.Plan;
import dev.ragindex.core.source.FolderSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what a sync would do, and does nothing. */
@Command(description = "Say what sync would do, why, and what it would cost. Writes nothing.")
final class PlanCommand implements Verb {

  private final Terminal terminal;

  @Mixin final RunOptions options = new RunOptions();

  PlanCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public ExitCode run() {
    FolderSource source = options.source();
    Plan plan = plan(source);
    terminal.show(new PlanPage(plan), options.output.json);
    return plan.forecast().clean() ? ExitCode.DONE : ExitCode.INCOMPLETE;
  }

  private Plan plan(FolderSource source) {
    try (ProgressLine progress = ProgressLine.on(terminal, source)) {
      return options.run(source, progress, (index, settings) -> index.plan(source, settings));
    }
  }
}
