package dev.ragindex.app;

import java.time.Duration;
import picocli.CommandLine.Option;

/** What to do while another process writes. */
final class WaitOptions {

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      converter = WaitingTime.class,
      description =
          "How long to wait while another process writes: 30s, 5m, PT30S (default: not at all)."
              + " Reading never waits.")
  Duration patience = Duration.ZERO;
}
