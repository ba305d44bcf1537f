package dev.ragindex.app;

import picocli.CommandLine.Option;

/** How a command talks. */
final class OutputOptions {

  @Option(
      names = "--json",
      description = "Write one JSON object to standard output, and nothing else.")
  boolean json;

  @Option(
      names = {"-v", "--verbose"},
      description = "Log what the libraries say, and where a failure came from.")
  boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this page.")
  boolean help;
}
