package dev.ragindex.app;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Reads the arguments, runs the command, and tells of its failures. */
final class Cli {

  private final Terminal terminal;
  private final BooleanSupplier cancelled;

  /**
   * A command line.
   *
   * @param terminal where it writes to
   * @param cancelled whether someone wants the running command to stop
   */
  Cli(Terminal terminal, BooleanSupplier cancelled) {
    this.terminal = terminal;
    this.cancelled = cancelled;
  }

  /** Runs one command; never throws. */
  ExitCode run(String... args) {
    boolean json = Arrays.asList(args).contains("--json");
    boolean verbose =
        Arrays.stream(args).anyMatch(arg -> arg.equals("-v") || arg.equals("--verbose"));
    Logging.configure(verbose);
    try {
      return run(commandLine().parseArgs(args));
    } catch (Exception | OutOfMemoryError | StackOverflowError | LinkageError failure) {
      if (verbose && !(failure instanceof ParameterException)) {
        failure.printStackTrace(terminal.err());
      }
      ErrorReport error =
          cancelled.getAsBoolean() ? ErrorReport.cancelled() : ErrorReport.of(failure);
      show(error, json);
      return error.code();
    }
  }

  private void show(ErrorReport error, boolean json) {
    if (json) {
      terminal.writeObject(error::json);
    } else {
      error.page(new Page(terminal.err()));
    }
  }

  private ExitCode run(ParseResult root) {
    if (CommandLine.printHelpIfRequested(root)) {
      return ExitCode.DONE;
    }
    if (!root.hasSubcommand()) {
      throw new ParameterException(
          root.commandSpec().commandLine(), "a command is missing: sync, search, ...");
    }
    ParseResult command = root.subcommand();
    return ((Verb) command.commandSpec().userObject()).run();
  }

  private CommandLine commandLine() {
    CommandLine root = new CommandLine(new RagIndexCommand());
    add(root, "sync", new SyncCommand(terminal));
    add(root, "plan", new PlanCommand(terminal));
    add(root, "apply", new ApplyCommand(terminal));
    add(root, "search", new SearchCommand(terminal));
    add(root, "status", new StatusCommand(terminal));
    add(root, "explain", new ExplainCommand(terminal));
    add(root, "verify", new VerifyCommand(terminal));
    add(root, "forget", new ForgetCommand(terminal));
    add(root, "compact", new CompactCommand(terminal));
    add(root, "export", new ExportCommand(terminal));
    add(root, "import", new ImportCommand(terminal));
    // These reach the subcommands that are there by now.
    root.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
    root.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
    root.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    return root;
  }

  private static void add(CommandLine root, String name, Verb verb) {
    root.addSubcommand(name, new CommandLine(verb));
  }
}
