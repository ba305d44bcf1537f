package dev.ragindex.app;

import dev.ragindex.core.SyncOptions;
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

  /** The run's options as far as the guards go. */
  SyncOptions options() {
    SyncOptions options = newRoot ? SyncOptions.DEFAULT.acceptNewRoot() : SyncOptions.DEFAULT;
    return allowDeletes == null ? options : options.allowDeletes(allowDeletes);
  }
}
