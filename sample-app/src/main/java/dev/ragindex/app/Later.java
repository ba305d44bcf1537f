package dev.ragindex.app;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Options whose turn comes in a later version. They are known, so that a script learns that they
 * are not there yet, and is not told that it mistyped.
 */
final class Later {

  private static final String GROUP = "later";

  private Later() {}

  /** Adds options, each {@code --name}, or {@code --name=VALUE} if it takes a value. */
  static void addOptions(CommandSpec spec, String... options) {
    for (String option : options) {
      String[] parts = option.split("=", 2);
      OptionSpec.Builder builder = OptionSpec.builder(parts[0]).hidden(true).descriptionKey(GROUP);
      spec.addOption(
          parts.length == 1
              ? builder.type(boolean.class).arity("0").build()
              : builder.type(String.class).paramLabel(parts[1]).arity("1").build());
    }
  }

  /**
   * Stops a command that uses one of them.
   *
   * @throws Refusal if it does
   */
  static void refuse(ParseResult command) {
    for (OptionSpec option : command.matchedOptions()) {
      if (GROUP.equals(option.descriptionKey())) {
        throw refusal(option.longestName());
      }
    }
  }

  /** Says that something is not there yet. */
  static Refusal refusal(String what) {
    return new Refusal(what + " is not available in this version", "see CHANGELOG.md for what is");
  }
}
