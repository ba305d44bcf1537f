package dev.ragindex.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command without a command: shows help. */
@Command(
    name = "rag-index",
    mixinStandardHelpOptions = true,
    versionProvider = RagIndexCommand.Version.class,
    description = "Keeps a vector index true to a folder of documents.",
    footer = {
      "",
      "  rag-index sync handbook            index a folder; only changes cost",
      "  rag-index search 'days of leave'   ask it",
      "",
      "Exit status: 0 done; 1 done, but something needs a look; 2 usage or refused;",
      "3 the index is busy or out of reach; 4 failed; 130 cancelled."
    })
final class RagIndexCommand {

  /** Reads the version that the build wrote into the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = RagIndexCommand.class.getPackage().getImplementationVersion();
      return new String[] {"rag-index " + (version == null ? "(not packaged)" : version)};
    }
  }
}
