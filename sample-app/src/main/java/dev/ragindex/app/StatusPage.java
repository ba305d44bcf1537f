package dev.ragindex.app;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ragindex.api.CanonicalText;
import dev.ragindex.core.Status;
import java.io.IOException;

/** What is inside an index. */
record StatusPage(Status status) implements Report {

  @Override
  public void json(JsonGenerator json) throws IOException {
    json.writeNumberField("documents", status.documents());
    json.writeNumberField("chunks", status.chunks());
    MetadataJson.texts(json, "sources", status.sources());
    writeQuarantined(json);
    json.writeStringField("model", status.model());
    json.writeNumberField("dimension", status.dimension());
    json.writeStringField("pipeline", status.pipeline());
    json.writeNumberField("format", status.store().format());
    json.writeNumberField("bytes", status.store().bytes());
    json.writeFieldName("simd");
    Boolean simd = status.store().simd();
    if (simd == null) {
      json.writeNull();
    } else {
      json.writeBoolean(simd);
    }
  }

  private void writeQuarantined(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("quarantined");
    for (Status.Quarantined quarantined : status.quarantined()) {
      json.writeStartObject();
      json.writeStringField("source", quarantined.source());
      json.writeStringField("document", quarantined.document());
      json.writeStringField("stage", quarantined.stage().label());
      json.writeStringField("reason", CanonicalText.clean(quarantined.reason()));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  @Override
  public void page(Page page) {
    page.line(
        "index      %s  (%s, format %d)",
        status.store().location(), size(status.store().bytes()), status.store().format());
    page.line("documents  %,d in %,d chunks", status.documents(), status.chunks());
    page.line("sources    %s", String.join(", ", status.sources()));
    if (status.model() != null && status.pipeline() != null) {
      page.line("model      %s  (%d dimensions)", status.model(), status.dimension());
      page.line("pipeline   %s", status.pipeline());
    }
    page.line("simd       %s", simd());
    if (!status.quarantined().isEmpty()) {
      page.gap();
      page.line("Not indexed as they stand (%,d):", status.quarantined().size());
    }
    for (Status.Quarantined quarantined : status.quarantined()) {
      page.line(
          "  %s  [%s] %s",
          quarantined.document(), quarantined.stage().label(), quarantined.reason());
    }
  }

  private String simd() {
    Boolean simd = status.store().simd();
    if (simd == null) {
      return "the store's own affair";
    }
    return simd ? "on" : "off: start Java with --add-modules jdk.incubator.vector";
  }

  private static String size(long bytes) {
    return bytes < 1_000_000
        ? "%,d kB".formatted((bytes + 999) / 1_000)
        : "%,d MB".formatted(bytes / 1_000_000);
  }
}
