package dev.ragindex.app;

import dev.ragindex.core.RagIndex;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what is inside an index. */
@Command(description = "Show what is in the index, and what could not be indexed.")
final class StatusCommand implements Verb {

  private final Terminal terminal;

  @Mixin final IndexOptions index = new IndexOptions();
  @Mixin final OutputOptions output = new OutputOptions();

  StatusCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public ExitCode run() {
    index.requireExists();
    try (RagIndex ragIndex = index.builder().build()) {
      terminal.show(new StatusPage(ragIndex.status()), output.json);
    }
    return ExitCode.DONE;
  }
}
