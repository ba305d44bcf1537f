package dev.ragindex.app;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ragindex.api.CanonicalText;
import dev.ragindex.core.VerifyReport;
import java.io.IOException;
import java.util.List;

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
    json.writeNumberField("repaired", report.repaired().size());
  }

  @Override
  public void page(Page page) {
    page.line("%,d documents in %,d chunks checked", report.documents(), report.chunks());
    if (report.ok()) {
      page.line("The index is sound.");
    }
    write(page, report.findings());
    if (!report.repaired().isEmpty()) {
      page.line("Repaired (%,d):", report.repaired().size());
      write(page, report.repaired());
    }
  }

  private static void write(Page page, List<VerifyReport.Finding> findings) {
    for (VerifyReport.Finding finding : findings) {
      page.line("  %s  %s", finding.document(), finding.problem());
    }
  }
}
