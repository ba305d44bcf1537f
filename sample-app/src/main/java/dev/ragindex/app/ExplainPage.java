package dev.ragindex.app;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ragindex.api.CanonicalText;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.DocumentState.Indexed;
import dev.ragindex.api.Problem;
import dev.ragindex.core.Explanation;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Why a document is as it is. */
record ExplainPage(Explanation explanation) implements Report {

  private @Nullable Indexed indexed() {
    DocumentState remembered = explanation.remembered();
    return remembered == null ? null : remembered.indexed();
  }

  private @Nullable Problem problem() {
    DocumentState remembered = explanation.remembered();
    return remembered == null ? null : remembered.problem();
  }

  /** The version last looked at, if it was to be trusted. */
  private @Nullable String version() {
    Problem problem = problem();
    Indexed indexed = indexed();
    if (problem != null) {
      return problem.version();
    }
    return indexed == null ? null : indexed.version();
  }

  @Override
  public void json(JsonGenerator json) throws IOException {
    Indexed indexed = indexed();
    json.writeStringField("source", explanation.document().source());
    json.writeStringField("document", explanation.document().key());
    json.writeStringField("state", explanation.state().label());
    json.writeStringField("version", version());
    writeFingerprints(json, indexed);
    json.writeObjectFieldStart("signatures");
    json.writeStringField("indexed", explanation.indexedBy());
    json.writeStringField("configured", explanation.configured());
    json.writeEndObject();
    writeProblem(json, problem());
    MetadataJson.texts(json, "wouldRunAgainIf", explanation.wouldRunAgainIf());
  }

  private static void writeFingerprints(JsonGenerator json, @Nullable Indexed indexed)
      throws IOException {
    json.writeFieldName("fingerprints");
    if (indexed == null) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
    json.writeStringField("bytes", indexed.bytes().toString());
    json.writeStringField("text", indexed.text().toString());
    json.writeStringField("metadata", indexed.metadata().toString());
    json.writeStringField("pipeline", indexed.pipeline().toString());
    json.writeEndObject();
  }

  private static void writeProblem(JsonGenerator json, @Nullable Problem problem)
      throws IOException {
    json.writeFieldName("problem");
    if (problem == null) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
    json.writeStringField("stage", problem.stage().label());
    json.writeStringField("kind", kind(problem));
    json.writeStringField("reason", CanonicalText.clean(problem.reason()));
    json.writeNumberField("attempts", problem.attempts());
    json.writeStringField("since", problem.since().toString());
    json.writeEndObject();
  }

  private static String kind(Problem problem) {
    return problem.kind().name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void page(Page page) {
    page.line(
        "%s of %s: %s",
        explanation.document().key(), explanation.document().source(), explanation.state().label());
    Indexed indexed = indexed();
    if (indexed != null) {
      page.line("  chunks      %,d of %,d characters", indexed.chunks(), indexed.characters());
      page.line("  version     %s", Objects.requireNonNullElse(indexed.version(), "not trusted"));
      page.line("  bytes       %s", indexed.bytes().toString());
      page.line("  text        %s", indexed.text().toString());
      page.line(
          "  indexed by  %s",
          Objects.requireNonNullElse(
              explanation.indexedBy(), "stages that are not known any more"));
    }
    if (explanation.configured() != null) {
      page.line("  configured  %s", explanation.configured());
    }
    Problem problem = problem();
    if (problem != null) {
      page.line(
          "  problem     [%s, %s] %s", problem.stage().label(), kind(problem), problem.reason());
      page.line(
          "              since %s, attempt %d", problem.since().toString(), problem.attempts());
    }
    page.line("A sync looks at it again if");
    explanation.wouldRunAgainIf().forEach(reason -> page.line("  - %s", reason));
  }
}
