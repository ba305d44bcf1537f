package dev.ragindex.app;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.Placement;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.StoredChunk;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A document's chunks as lines of an export. */
record ExportedDocument(Snapshot snapshot, DocumentId id, boolean vectors) {

  void writeTo(Terminal terminal) {
    DocumentState state = snapshot.state(id);
    Metadata metadata = state == null ? Metadata.EMPTY : state.metadata();
    List<Placement> layout = snapshot.layout(id);
    List<StoredChunk> chunks = snapshot.chunks(id);
    for (int i = 0; i < layout.size(); i++) {
      int ordinal = i;
      terminal.writeObject(
          json -> write(json, ordinal, layout.get(ordinal), chunks.get(ordinal), metadata));
    }
  }

  private void write(
      JsonGenerator json, int ordinal, Placement place, StoredChunk chunk, Metadata document)
      throws IOException {
    json.writeStringField("source", id.source());
    json.writeStringField("document", id.key());
    json.writeStringField("chunk", chunk.id().toString());
    json.writeNumberField("ordinal", ordinal);
    json.writeNumberField("start", place.start());
    json.writeNumberField("end", place.end());
    json.writeNumberField("page", place.page());
    MetadataJson.texts(json, "headings", place.headings());
    json.writeStringField("context", chunk.context());
    if (!chunk.overlap().isEmpty()) {
      json.writeStringField("overlap", chunk.overlap());
    }
    json.writeStringField("text", chunk.text());
    json.writeStringField("embeddingKey", chunk.embeddingKey().toString());
    MetadataJson.write(json, document.with(place.metadata()));
    if (vectors) {
      writeVector(json, chunk.vector());
    }
  }

  private static void writeVector(JsonGenerator json, float @Nullable [] vector)
      throws IOException {
    json.writeArrayFieldStart("vector");
    if (vector != null) {
      for (float value : vector) {
        json.writeNumber(value);
      }
    }
    json.writeEndArray();
  }
}
