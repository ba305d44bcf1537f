package dev.ragindex.app;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.VectorStore;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes all chunks as JSON Lines, in the order of their documents' ids. */
@Command(description = "Write every chunk to standard output, one JSON object a line.")
final class ExportCommand implements Verb {

  private final Terminal terminal;

  @Option(names = "--vectors", description = "With the vectors.")
  boolean vectors;

  @Option(names = "--source", paramLabel = "NAME", description = "Only documents of this source.")
  @Nullable String source;

  @Mixin final IndexOptions index = new IndexOptions();
  @Mixin final OutputOptions output = new OutputOptions();

  ExportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public ExitCode run() {
    index.requireExists();
    try (VectorStore store = index.open();
        Snapshot snapshot = store.snapshot()) {
      for (String name : sources(snapshot)) {
        for (DocumentId document : documents(snapshot, name)) {
          new ExportedDocument(snapshot, document, vectors).writeTo(terminal);
        }
      }
    }
    return ExitCode.DONE;
  }

  private Set<String> sources(Snapshot snapshot) {
    return source == null ? new TreeSet<>(snapshot.sources()) : Set.of(source);
  }

  /** Ids only: the corpus itself is never held. */
  private static List<DocumentId> documents(Snapshot snapshot, String source) {
    try (Stream<DocumentState> states = snapshot.states(source)) {
      return states.map(DocumentState::id).sorted().toList();
    }
  }
}
