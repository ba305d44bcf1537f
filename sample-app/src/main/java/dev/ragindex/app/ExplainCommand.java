package dev.ragindex.app;

import dev.ragindex.core.RagIndex;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells why a document is as it is. Loads no model. */
@Command(description = "Tell why a document is as it is, and what would change that.")
final class ExplainCommand implements Verb {

  private final Terminal terminal;

  @Mixin final DocumentOptions document = new DocumentOptions();
  @Mixin final IndexOptions index = new IndexOptions();
  @Mixin final OutputOptions output = new OutputOptions();

  ExplainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public ExitCode run() {
    try (RagIndex ragIndex = index.builder().build()) {
      terminal.show(new ExplainPage(ragIndex.explain(document.id(index))), output.json);
    }
    return ExitCode.DONE;
  }
}
