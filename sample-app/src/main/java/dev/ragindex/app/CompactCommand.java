package dev.ragindex.app;

import dev.ragindex.core.RagIndex;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Gives back the space of what was deleted. Loads no model. */
@Command(
    description =
        "Give back the space of deleted documents; in a folder, their bytes leave the disk.")
final class CompactCommand implements Verb {

  private final Terminal terminal;

  @Mixin final IndexOptions index = new IndexOptions();
  @Mixin final OutputOptions output = new OutputOptions();

  CompactCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public ExitCode run() {
    index.requireExists();
    try (RagIndex ragIndex = index.builder().build()) {
      long before = ragIndex.status().store().bytes();
      ragIndex.compact();
      long after = ragIndex.status().store().bytes();
      terminal.show(new CompactPage(before, after), output.json);
    }
    return ExitCode.DONE;
  }
}
