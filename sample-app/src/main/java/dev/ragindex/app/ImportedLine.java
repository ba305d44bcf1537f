package dev.ragindex.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.MetadataValue;
import dev.ragindex.api.Placement;
import dev.ragindex.api.StoredChunk;
import dev.ragindex.core.StoredDocument;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A line of an export.
 *
 * @param ordinal the chunk's number in its document, from 0
 * @param chunk the chunk with its vector
 * @param place where it stands, without metadata of its own
 * @param metadata the document's metadata with the chunk's on top, as exported
 */
record ImportedLine(int ordinal, StoredChunk chunk, Placement place, Metadata metadata) {

  private static final JsonFactory JSON = new JsonFactory();

  DocumentId id() {
    return chunk.document();
  }

  /**
   * Reads a line.
   *
   * @throws IOException if it is no JSON
   * @throws IllegalArgumentException if it is not a line of an export
   */
  static ImportedLine parse(String line) throws IOException {
    JsonFields fields;
    try (JsonParser json = JSON.createParser(line)) {
      fields = JsonFields.read(json);
      if (json.nextToken() != null) {
        throw new IllegalArgumentException("it holds more than one JSON object");
      }
    }
    DocumentId id = new DocumentId(fields.text("source"), fields.text("document"));
    UUID chunk = UUID.fromString(fields.text("chunk"));
    Fingerprint key = Fingerprint.parse(fields.text("embeddingKey"));
    return new ImportedLine(
        fields.whole("ordinal"),
        new StoredChunk(
            chunk,
            id,
            fields.text("text"),
            fields.has("overlap") ? fields.text("overlap") : "",
            fields.text("context"),
            key,
            fields.floats("vector")),
        new Placement(
            chunk,
            key,
            fields.whole("start"),
            fields.whole("end"),
            fields.whole("page"),
            fields.texts("headings"),
            Metadata.EMPTY),
        fields.metadata("metadata"));
  }

  /**
   * The document that consecutive lines make. An export lays a chunk's metadata over its
   * document's; what all lines agree on is taken for the document's.
   */
  static StoredDocument document(List<ImportedLine> lines) {
    Metadata common = lines.getFirst().metadata();
    for (ImportedLine line : lines) {
      common = common(common, line.metadata());
    }
    Metadata document = common;
    return StoredDocument.of(
        lines.getFirst().id(),
        document,
        lines.stream().map(line -> line.placed(document)).toList(),
        lines.stream().map(ImportedLine::chunk).toList());
  }

  private static Metadata common(Metadata left, Metadata right) {
    Metadata common = Metadata.EMPTY;
    for (Map.Entry<String, MetadataValue> entry : left.values().entrySet()) {
      if (entry.getValue().equals(right.get(entry.getKey()))) {
        common = common.with(entry.getKey(), entry.getValue());
      }
    }
    return common;
  }

  private Placement placed(Metadata document) {
    Metadata own = Metadata.EMPTY;
    for (Map.Entry<String, MetadataValue> entry : metadata.values().entrySet()) {
      if (!entry.getValue().equals(document.get(entry.getKey()))) {
        own = own.with(entry.getKey(), entry.getValue());
      }
    }
    return new Placement(
        place.chunk(),
        place.embeddingKey(),
        place.start(),
        place.end(),
        place.page(),
        place.headings(),
        own);
  }
}
