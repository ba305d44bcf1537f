package dev.ragindex.app;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ragindex.api.CanonicalText;
import dev.ragindex.api.IndexingException;
import dev.ragindex.api.StoreBusyException;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * A failure as the user is told of it.
 *
 * @param code how the command ended
 * @param error what went wrong
 * @param hint what to do; empty if there is nothing to say
 */
record ErrorReport(ExitCode code, String error, String hint) implements Report {

  /** Translates what was thrown. */
  static ErrorReport of(Throwable failure) {
    return switch (failure) {
      case Refusal refusal -> new ErrorReport(ExitCode.REFUSED, text(refusal), refusal.hint());
      case UnmatchedArgumentException usage ->
          new ErrorReport(ExitCode.REFUSED, "not understood: " + notUnderstood(usage), help(usage));
      case ParameterException usage -> new ErrorReport(ExitCode.REFUSED, text(usage), help(usage));
      case IllegalArgumentException wrong -> new ErrorReport(ExitCode.REFUSED, text(wrong), "");
      case StoreBusyException busy ->
          new ErrorReport(
              ExitCode.UNAVAILABLE,
              text(busy),
              "then run the command again, or have it wait with --wait 5m");
      case Unreachable away ->
          new ErrorReport(ExitCode.UNAVAILABLE, text(away), "nothing was done");
      case IndexingException failed -> new ErrorReport(ExitCode.FAILED, text(failed), again());
      case CancellationException stopped -> cancelled();
      case OutOfMemoryError full ->
          new ErrorReport(
              ExitCode.FAILED,
              "out of memory: " + full.getMessage(),
              "give more, for instance RAG_INDEX_JAVA_OPTS=-Xmx2g; what was committed is kept");
      default ->
          new ErrorReport(ExitCode.FAILED, failure.toString(), "--verbose shows where; " + again());
    };
  }

  /** Someone stopped the run. */
  static ErrorReport cancelled() {
    return new ErrorReport(ExitCode.CANCELLED, "cancelled", again());
  }

  private static String text(Throwable failure) {
    return Objects.requireNonNullElse(failure.getMessage(), failure.toString());
  }

  /** A mistyped option may stand before a URL with a password. */
  private static String notUnderstood(UnmatchedArgumentException usage) {
    return usage.getUnmatched().stream()
        .map(arg -> arg.contains("jdbc:") ? "(a JDBC URL)" : arg)
        .collect(Collectors.joining(" "));
  }

  private static String help(ParameterException usage) {
    return "see " + usage.getCommandLine().getCommandSpec().qualifiedName() + " --help";
  }

  private static String again() {
    return "what was committed is kept; running the command again goes on from there";
  }

  @Override
  public void json(JsonGenerator json) throws IOException {
    json.writeStringField("error", CanonicalText.clean(error));
    json.writeStringField("hint", CanonicalText.clean(hint));
  }

  @Override
  public void page(Page page) {
    page.line("rag-index: %s", error);
    if (!hint.isEmpty()) {
      page.line("%s", hint);
    }
  }
}
