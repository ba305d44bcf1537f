package dev.ragindex.app;

import dev.ragindex.api.DocumentId;
import dev.ragindex.core.RagIndex;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Erases a document. Loads no model. */
@Command(description = "Erase a document and all the index remembers of it.")
final class ForgetCommand implements Verb {

  private final Terminal terminal;

  @Mixin final DocumentOptions document = new DocumentOptions();
  @Mixin final IndexOptions index = new IndexOptions();
  @Mixin final OutputOptions output = new OutputOptions();

  ForgetCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public ExitCode run() {
    DocumentId id = document.id(index);
    try (RagIndex ragIndex = index.builder().build()) {
      if (!ragIndex.forget(id)) {
        throw new Refusal(
            "the index knows no document %s of %s".formatted(id.key(), id.source()),
            "'rag-index export' lists those it has; nothing was written");
      }
    }
    terminal.show(new ForgetPage(id), output.json);
    return ExitCode.DONE;
  }
}
