package dev.ragindex.app;

import dev.ragindex.api.DocumentId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which document. */
final class DocumentOptions {

  @Parameters(
      paramLabel = "KEY",
      description = "The document's key: its path in the folder, as search shows it.")
  String key = "";

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description = "The document's source (default: the only one there is).")
  @Nullable String source;

  /**
   * The document's id.
   *
   * @throws Refusal if there is no index, or its source is not clear
   */
  DocumentId id(IndexOptions index) {
    return new DocumentId(index.requireSource(source), key);
  }
}
