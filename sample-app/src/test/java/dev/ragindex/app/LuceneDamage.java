package dev.ragindex.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.UUID;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;

/** Spoils a chunk of an index behind the store's back. */
record LuceneDamage(Path index) {

  /** Takes a chunk away. */
  void lose(JsonNode exported) throws IOException {
    change(writer -> writer.deleteDocuments(term(exported)));
  }

  /** Takes the record of a chunk's document away. */
  void loseRecord(JsonNode exported) throws IOException {
    Term record = new Term("record", new BytesRef(name(exported)));
    change(writer -> writer.deleteDocuments(record));
  }

  /** Puts another text and another length of the vector under a chunk's id and key. */
  void spoil(JsonNode exported, String text, float length) throws IOException {
    Document fields = new Document();
    BytesRef name = new BytesRef(name(exported));
    fields.add(new StringField("chunk.document", name, Store.NO));
    fields.add(new SortedDocValuesField("chunk.document", name));
    fields.add(new StringField("chunk", term(exported).bytes(), Store.NO));
    fields.add(new StringField("chunk.source", exported.get("source").asText(), Store.NO));
    byte[] key = HexFormat.of().parseHex(exported.get("embeddingKey").asText());
    fields.add(new StringField("chunk.key", new BytesRef(key), Store.NO));
    fields.add(new StoredField("chunk.id", id(exported)));
    fields.add(new TextField("chunk.text", text, Store.YES));
    fields.add(new StoredField("chunk.overlap", ""));
    fields.add(new StoredField("chunk.context", exported.get("context").asText()));
    float[] vector = new float[exported.get("vector").size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = length * (float) exported.get("vector").get(i).asDouble();
    }
    String field = "chunk.vector." + vector.length;
    fields.add(new KnnFloatVectorField(field, vector, VectorSimilarityFunction.DOT_PRODUCT));
    change(writer -> writer.updateDocument(term(exported), fields));
  }

  private static Term term(JsonNode exported) {
    byte[] name = name(exported);
    byte[] id = id(exported);
    byte[] term =
        ByteBuffer.allocate(name.length + 1 + id.length).put(name).put((byte) 0).put(id).array();
    return new Term("chunk", new BytesRef(term));
  }

  private static byte[] name(JsonNode exported) {
    String name = exported.get("source").asText() + '\0' + exported.get("document").asText();
    return name.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] id(JsonNode exported) {
    UUID id = UUID.fromString(exported.get("chunk").asText());
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  private void change(Change change) throws IOException {
    try (Directory directory = FSDirectory.open(index.resolve("default/g1"));
        IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
      change.make(writer);
      writer.commit();
    }
  }

  private interface Change {
    void make(IndexWriter writer) throws IOException;
  }
}
