package dev.ragindex.app;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ragindex.api.CanonicalText;
import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Stage;
import dev.ragindex.core.Change;
import dev.ragindex.core.SyncReport;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;

/** The fields that sync and plan share. */
final class SyncJson {

  private final SyncReport report;
  private final Bill bill;
  private final JsonGenerator json;

  SyncJson(SyncReport report, Bill bill, JsonGenerator json) {
    this.report = report;
    this.bill = bill;
    this.json = json;
  }

  void write() throws IOException {
    json.writeStringField("source", report.source());
    writeCounts();
    writeChunks();
    writeTokens();
    json.writeNumberField("cacheHits", report.cacheHits());
    writePrice();
    writeChanges();
    writeFailures();
    writeSeconds();
  }

  /** US dollars; null if the model's price is not known. */
  private void writePrice() throws IOException {
    BigDecimal price = bill.price(report);
    if (price == null) {
      json.writeNullField("price");
    } else {
      json.writeNumberField("price", price);
    }
  }

  private void writeCounts() throws IOException {
    json.writeNumberField("listed", report.listed());
    json.writeNumberField("added", report.added());
    json.writeNumberField("updated", report.updated());
    json.writeNumberField("patched", report.patched());
    json.writeNumberField("moved", report.moved());
    json.writeNumberField("unchanged", report.unchanged());
    json.writeNumberField("quarantined", report.quarantined());
    json.writeNumberField("suspect", report.suspect());
    json.writeNumberField("deferred", report.deferred());
    json.writeNumberField("deleted", report.deleted());
    json.writeNumberField("withheld", report.withheld());
    json.writeNumberField("excluded", report.excluded());
    json.writeNumberField("uncovered", report.uncovered());
  }

  private void writeChunks() throws IOException {
    json.writeObjectFieldStart("chunks");
    json.writeNumberField("embedded", report.chunks().embedded());
    json.writeNumberField("reused", report.chunks().reused());
    json.writeNumberField("removed", report.chunks().removed());
    json.writeNumberField("total", report.chunks().total());
    json.writeEndObject();
  }

  private void writeTokens() throws IOException {
    json.writeObjectFieldStart("tokens");
    json.writeNumberField("embedded", report.tokens().embedded());
    json.writeNumberField("estimated", report.tokens().estimated());
    json.writeBooleanField("exact", report.tokens().exact());
    json.writeEndObject();
  }

  private void writeChanges() throws IOException {
    json.writeArrayFieldStart("changes");
    for (Change change : report.changes()) {
      json.writeStartObject();
      json.writeStringField("document", change.document().key());
      json.writeStringField("change", change.kind().label());
      json.writeStringField("reason", reason(change));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** Why a change is made, where a document came from, and whether it is only proposed. */
  static String reason(Change change) {
    DocumentId from = change.from();
    String why = from == null ? change.reason().label() : "moved from " + from.key();
    return change.withheld() ? why + ", withheld" : why;
  }

  private void writeFailures() throws IOException {
    json.writeArrayFieldStart("failures");
    for (SyncReport.Failure failure : report.failures()) {
      json.writeStartObject();
      json.writeStringField("document", failure.document());
      json.writeStringField("stage", failure.stage().label());
      json.writeStringField("reason", CanonicalText.clean(failure.reason()));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void writeSeconds() throws IOException {
    json.writeObjectFieldStart("seconds");
    json.writeNumberField("total", seconds(report.total()));
    json.writeNumberField("list", busy(Stage.LIST));
    json.writeNumberField("read", busy(Stage.READ));
    json.writeNumberField("parse", busy(Stage.PARSE) + busy(Stage.ENRICH));
    json.writeNumberField("chunk", busy(Stage.CHUNK));
    json.writeNumberField("embed", busy(Stage.EMBED));
    json.writeNumberField("store", busy(Stage.STORE));
    json.writeEndObject();
  }

  private double busy(Stage stage) {
    return seconds(report.busy().getOrDefault(stage, Duration.ZERO));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
