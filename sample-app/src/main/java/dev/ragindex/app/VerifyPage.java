package dev.ragindex.app;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ragindex.api.CanonicalText;
import dev.ragindex.core.VerifyReport;
import java.io.IOException;

/** What a verification found. */
record VerifyPage(VerifyReport report) implements Report {

  @Override
  public void json(JsonGenerator json) throws IOException {
    json.writeBooleanField("ok", report.ok());
    json.writeNumberField("documents", report.documents());
    json.writeNumberField("chunks", report.chunks());
    json.writeArrayFieldStart("problems");
    for (VerifyReport.Finding finding : report.findings()) {
      json.writeStartObject();
      json.writeStringField("source", finding.source());
      json.writeStringField("document", finding.document());
      json.writeStringField("problem", CanonicalText.clean(finding.problem()));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberField("repaired", 0);
  }

  @Override
  public void page(Page page) {
    page.line("%,d documents in %,d chunks checked", report.documents(), report.chunks());
    if (report.ok()) {
      page.line("The index is sound.");
    }
    for (VerifyReport.Finding finding : report.findings()) {
      page.line("  %s  %s", finding.document(), finding.problem());
    }
  }
}
