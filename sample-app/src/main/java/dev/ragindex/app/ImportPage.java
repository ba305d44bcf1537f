package dev.ragindex.app;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ragindex.api.DocumentId;
import dev.ragindex.core.CopyReport;
import java.io.IOException;

/** What an import brought. */
record ImportPage(CopyReport report) implements Report {

  @Override
  public void json(JsonGenerator json) throws IOException {
    json.writeNumberField("documents", report.copied());
    json.writeNumberField("chunks", report.chunks());
    json.writeNumberField("unchanged", report.unchanged());
    json.writeArrayFieldStart("kept");
    for (DocumentId id : report.kept()) {
      json.writeStartObject();
      json.writeStringField("source", id.source());
      json.writeStringField("document", id.key());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  @Override
  public void page(Page page) {
    page.line("%,d documents in %,d chunks imported", report.copied(), report.chunks());
    if (report.unchanged() > 0) {
      page.line("%,d documents were there already", report.unchanged());
    }
    if (!report.kept().isEmpty()) {
      page.line("The index has another version of these, which stays (%,d):", report.kept().size());
      report.kept().forEach(id -> page.line("  %s", id.key()));
    }
  }
}
