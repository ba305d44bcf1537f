package dev.ragindex.app;

import dev.ragindex.core.RagIndex;
import dev.ragindex.core.SyncReport;
import dev.ragindex.core.source.FolderSource;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Does what a saved plan says. */
@Command(
    description = {
      "Do what a saved plan says, and nothing else.",
      "Deletions that the plan lists as withheld are done, too: it was looked at.",
      "Documents that changed since it was made are left as they are."
    })
final class ApplyCommand implements Verb {

  private final Terminal terminal;

  @Parameters(paramLabel = "FILE", description = "A plan saved with 'plan FOLDER --out FILE'.")
  Path file = Path.of("");

  @Mixin final PriceOptions prices = new PriceOptions();

  @Option(
      names = "--pgvector",
      paramLabel = "JDBC_URL",
      description =
          "The plan's database, with the password or the user that the plan does not tell.")
  @Nullable String database;

  @Mixin final WaitOptions waiting = new WaitOptions();
  @Mixin final OutputOptions output = new OutputOptions();

  ApplyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public ExitCode run() {
    PlanFile saved = PlanFile.read(file);
    FolderSource source = saved.source();
    Bill bill = new Bill(saved.pipeline().model(), prices.prices());
    return SyncPage.show(() -> apply(saved, source), bill, terminal, output.json);
  }

  private SyncReport apply(PlanFile saved, FolderSource source) {
    int steps = saved.plan().steps().size();
    IndexOptions place = saved.index(database);
    place.waiting = waiting;
    try (ProgressLine progress = ProgressLine.on(terminal, source.name(), steps);
        RagIndex index = saved.open(place)) {
      return index.apply(saved.plan(), source, saved.options().listener(progress));
    }
  }
}
