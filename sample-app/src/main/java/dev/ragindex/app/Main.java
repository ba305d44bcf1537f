package dev.ragindex.app;

/** The process: {@code ./rag-index} starts this. */
public final class Main {

  private Main() {}

  /**
   * Runs one command and ends the process with its status.
   *
   * @param args the command and its options
   */
  public static void main(String[] args) {
    Terminal terminal = Terminal.ofProcess();
    System.setErr(terminal.err());
    Cancellation cancellation = new Cancellation(Thread.currentThread());
    cancellation.install();
    ExitCode code = new Cli(terminal, cancellation::requested).run(args);
    terminal.out().flush();
    terminal.err().flush();
    cancellation.ended();
    System.exit(code.status());
  }
}
