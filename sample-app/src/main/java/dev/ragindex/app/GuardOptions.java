package dev.ragindex.app;

import dev.ragindex.core.SyncOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a run may do that it would rather ask about. */
final class GuardOptions {

  @Option(
      names = "--allow-deletes",
      paramLabel = "N",
      description =
          "Delete up to N documents that are gone, and none if there are more"
              + " (default: more than 10 and 10 %% are withheld).")
  @Nullable Integer allowDeletes;

  @Option(
      names = "--new-root",
      description = "The source stands in another folder than before, and that is right.")
  boolean newRoot;

  @Option(
      names = "--max-embedded-tokens",
      paramLabel = "N",
      description = "Embed at most N tokens; documents that would take more wait for the next run.")
  @Nullable Long maxEmbeddedTokens;

  @Option(names = "--retry", description = "Try documents with problems again, all of them.")
  boolean retry;

  @Option(
      names = "--accept",
      paramLabel = "KEY",
      description =
          "Index this document as it stands, although it lost nearly all its text. Can be"
              + " repeated.")
  List<String> accepted = List.of();

  /** The run's options as far as the guards go. */
  SyncOptions options() {
    SyncOptions options = SyncOptions.DEFAULT.accept(accepted.toArray(String[]::new));
    options = newRoot ? options.acceptNewRoot() : options;
    options = retry ? options.retryProblems() : options;
    options = allowDeletes == null ? options : options.allowDeletes(allowDeletes);
    return maxEmbeddedTokens == null ? options : options.maxEmbeddedTokens(maxEmbeddedTokens);
  }
}
