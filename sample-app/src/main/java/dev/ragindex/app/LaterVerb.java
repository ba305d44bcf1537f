package dev.ragindex.app;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/** A command whose turn comes in a later version. */
@Command(hidden = true)
final class LaterVerb implements Verb {

  private final String name;

  @Option(names = "--json", hidden = true)
  boolean json;

  @Unmatched List<String> ignored = new ArrayList<>();

  LaterVerb(String name) {
    this.name = name;
  }

  @Override
  public ExitCode run() {
    throw Later.refusal("'" + name + "'");
  }
}
