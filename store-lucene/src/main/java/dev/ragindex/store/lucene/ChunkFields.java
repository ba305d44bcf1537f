package dev.ragindex.store.lucene;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.StoredChunk;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.UUID;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.BytesRefBuilder;

/** A chunk as a Lucene document of its own, written again only if the chunk itself changes. */
final class ChunkFields {

  /** Name of the chunk's document, as {@link RecordFields#name}: a term, and a doc value. */
  static final String DOCUMENT = "chunk.document";

  /** The chunk's one term: name of its document, a zero byte, its id. */
  static final String CHUNK = "chunk";

  /** Name of the chunk's source. */
  static final String SOURCE = "chunk.source";

  /** The embedding key. */
  static final String KEY = "chunk.key";

  /** The id, stored. */
  static final String ID = "chunk.id";

  /** The core text, stored and indexed for keyword search. */
  static final String TEXT = "chunk.text";

  private static final String OVERLAP = "chunk.overlap";
  private static final String CONTEXT = "chunk.context";

  private ChunkFields() {}

  /** Lucene fixes a field's dimension for ever; another dimension is another field. */
  static String vectorField(int dimension) {
    return "chunk.vector." + dimension;
  }

  static Term term(DocumentId document, UUID chunk) {
    return term(RecordFields.name(document), chunk);
  }

  /** Finds a chunk of a document whose name is given. */
  static Term term(BytesRef document, UUID chunk) {
    BytesRefBuilder name = new BytesRefBuilder();
    name.append(document);
    name.append((byte) 0);
    name.append(new BytesRef(bytes(chunk)));
    return new Term(CHUNK, name.toBytesRef());
  }

  static BytesRef key(Fingerprint embeddingKey) {
    return new BytesRef(embeddingKey.bytes());
  }

  static Document document(StoredChunk chunk) {
    float[] vector = Objects.requireNonNull(chunk.vector());
    BytesRef name = RecordFields.name(chunk.document());
    Document fields = new Document();
    fields.add(new StringField(DOCUMENT, name, Store.NO));
    fields.add(new SortedDocValuesField(DOCUMENT, name));
    fields.add(new StringField(CHUNK, term(chunk.document(), chunk.id()).bytes(), Store.NO));
    fields.add(new StringField(SOURCE, chunk.document().source(), Store.NO));
    fields.add(new StringField(KEY, key(chunk.embeddingKey()), Store.NO));
    fields.add(new StoredField(ID, bytes(chunk.id())));
    fields.add(new TextField(TEXT, chunk.text(), Store.YES));
    fields.add(new StoredField(OVERLAP, chunk.overlap()));
    fields.add(new StoredField(CONTEXT, chunk.context()));
    fields.add(
        new KnnFloatVectorField(
            vectorField(vector.length), vector, VectorSimilarityFunction.DOT_PRODUCT));
    return fields;
  }

  /** The id of a chunk read from its stored fields. */
  static UUID id(Document fields) {
    BytesRef id = fields.getBinaryValue(ID);
    ByteBuffer bits = ByteBuffer.wrap(id.bytes, id.offset, id.length);
    return new UUID(bits.getLong(), bits.getLong());
  }

  /** A chunk read from its stored fields. */
  static StoredChunk chunk(
      Document fields, DocumentId document, Fingerprint embeddingKey, float[] vector) {
    return new StoredChunk(
        id(fields),
        document,
        fields.get(TEXT),
        fields.get(OVERLAP),
        fields.get(CONTEXT),
        embeddingKey,
        vector);
  }

  private static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }
}
