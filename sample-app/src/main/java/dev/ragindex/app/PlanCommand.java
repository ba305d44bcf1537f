package dev.ragindex.app;

import dev.ragindex.core.Plan;
import dev.ragindex.core.source.FolderSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what a sync would do, and does nothing. */
@Command(
    description =
        "Say what sync would do, why, and what it would cost. Writes nothing but the file named"
            + " with --out.")
final class PlanCommand implements Verb {

  private final Terminal terminal;

  @Mixin final RunOptions options = new RunOptions();

  @Option(
      names = "--exact",
      description = "Parse and cut what would change, so that tokens and chunks are counted.")
  boolean exact;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Save the plan, to be carried out by 'apply FILE'; replaces an older plan.")
  @Nullable Path out;

  PlanCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public ExitCode run() {
    FolderSource source = options.source();
    if (out != null) {
      PlanFile.requireWritable(out, source);
    }
    Pipeline pipeline = options.pipeline(source);
    Plan plan = plan(source, pipeline);
    if (out != null) {
      save(plan, pipeline, out);
    }
    terminal.show(new PlanPage(plan, options.bill(pipeline), out), options.output.json);
    return plan.forecast().clean() ? ExitCode.DONE : ExitCode.INCOMPLETE;
  }

  private Plan plan(FolderSource source, Pipeline pipeline) {
    try (ProgressLine progress = ProgressLine.on(terminal, source)) {
      return options.run(
          pipeline,
          progress,
          (index, settings) -> index.plan(source, exact ? settings.exactly() : settings));
    }
  }

  private void save(Plan plan, Pipeline pipeline, Path file) {
    try {
      PlanFile.of(plan, options, pipeline).write(file);
    } catch (IOException e) {
      throw new UncheckedIOException("the plan cannot be saved to " + file, e);
    }
  }
}
