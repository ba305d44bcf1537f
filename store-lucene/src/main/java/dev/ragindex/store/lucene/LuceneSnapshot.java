package dev.ragindex.store.lucene;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Fingerprint;
import dev.ragindex.api.Placement;
import dev.ragindex.api.Settings;
import dev.ragindex.api.Snapshot;
import dev.ragindex.api.StoredChunk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.KnnVectorValues.DocIndexIterator;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** A Lucene reader on one commit, shared by counting its references. */
final class LuceneSnapshot implements Snapshot {

  private final IndexReader reader;
  private final CommitData commit;
  private final Medium medium;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Takes over one reference to the reader. */
  LuceneSnapshot(IndexReader reader, CommitData commit, Medium medium) {
    this.reader = reader;
    this.commit = commit;
    this.medium = medium;
  }

  /** The same view for one more user, closed apart from this one. */
  LuceneSnapshot share() {
    reader.incRef();
    return new LuceneSnapshot(reader, commit, medium);
  }

  IndexReader reader() {
    return reader;
  }

  CommitData commit() {
    return commit;
  }

  @Override
  public long revision() {
    return commit.revision();
  }

  @Override
  public Settings settings() {
    return commit.settings();
  }

  @Override
  public Counts counts() {
    return medium.read(
        () -> {
          IndexSearcher searcher = new IndexSearcher(reader);
          int records = searcher.count(RecordFields.ALL);
          return new Counts(searcher.count(RecordFields.COUNTED), reader.numDocs() - records);
        });
  }

  @Override
  public Set<String> sources() {
    Set<String> names = new TreeSet<>(settings().sources().keySet());
    return medium.read(
        () -> {
          for (LeafReaderContext segment : reader.leaves()) {
            addSources(segment.reader(), names);
          }
          return names;
        });
  }

  private static void addSources(LeafReader segment, Set<String> names) throws IOException {
    Terms terms = segment.terms(RecordFields.SOURCE);
    if (terms == null) {
      return;
    }
    LiveTerms live = new LiveTerms(segment, RecordFields.SOURCE);
    TermsEnum all = terms.iterator();
    for (BytesRef name = all.next(); name != null; name = all.next()) {
      if (live.first(name) != LiveTerms.NONE) {
        names.add(name.utf8ToString());
      }
    }
  }

  @Override
  public Stream<DocumentState> states(String source) {
    return reader.leaves().stream().flatMap(segment -> states(segment.reader(), source));
  }

  private Stream<DocumentState> states(LeafReader segment, String source) {
    return medium.read(
        () -> {
          LiveTerms records = new LiveTerms(segment, RecordFields.SOURCE);
          int first = records.first(new BytesRef(source));
          if (first == LiveTerms.NONE) {
            return Stream.empty();
          }
          BinaryDocValues states = segment.getBinaryDocValues(RecordFields.STATE);
          return Stream.iterate(
                  first, record -> record != LiveTerms.NONE, last -> medium.read(records::next))
              .map(record -> medium.read(() -> RecordCodec.state(value(states, record))));
        });
  }

  @Override
  public @Nullable DocumentState state(DocumentId id) {
    return medium.<@Nullable DocumentState>read(
        () -> {
          BytesRef bytes = recordValue(RecordFields.name(id), RecordFields.STATE);
          return bytes == null ? null : RecordCodec.state(bytes);
        });
  }

  @Override
  public List<Placement> layout(DocumentId id) {
    return medium.read(
        () -> {
          BytesRef bytes = layoutBytes(id);
          return bytes == null ? List.of() : RecordCodec.layout(bytes);
        });
  }

  /** A document's encoded layout, or null if it has no record. */
  @Nullable BytesRef layoutBytes(DocumentId id) throws IOException {
    return recordValue(RecordFields.name(id), RecordFields.LAYOUT);
  }

  /** A doc value of a document's record, or null if it has no record. */
  @Nullable BytesRef recordValue(BytesRef document, String field) throws IOException {
    for (LeafReaderContext segment : reader.leaves()) {
      int record = new LiveTerms(segment.reader(), RecordFields.RECORD).first(document);
      if (record != LiveTerms.NONE) {
        return value(segment.reader().getBinaryDocValues(field), record);
      }
    }
    return null;
  }

  private static BytesRef value(@Nullable BinaryDocValues values, int record) throws IOException {
    if (values == null || !values.advanceExact(record)) {
      throw new IOException("record " + record + " has no value; run verify");
    }
    return values.binaryValue();
  }

  @Override
  public List<StoredChunk> chunks(DocumentId id) {
    List<StoredChunk> chunks = new ArrayList<>();
    return medium.read(
        () -> {
          for (Placement placement : layout(id)) {
            chunks.add(chunk(id, placement));
          }
          return chunks;
        });
  }

  private StoredChunk chunk(DocumentId id, Placement placement) throws IOException {
    Term term = ChunkFields.term(id, placement.chunk());
    for (LeafReaderContext segment : reader.leaves()) {
      int found = new LiveTerms(segment.reader(), term.field()).first(term.bytes());
      if (found != LiveTerms.NONE) {
        return ChunkFields.chunk(
            segment.reader().storedFields().document(found),
            id,
            placement.embeddingKey(),
            vectorsAt(segment.reader(), List.of(found)).getFirst());
      }
    }
    throw new IOException(id + ": chunk " + placement.chunk() + " is missing; run verify");
  }

  @Override
  public Set<Fingerprint> known(Set<Fingerprint> embeddingKeys) {
    Set<Fingerprint> known = new TreeSet<>();
    return medium.read(
        () -> {
          for (LeafReaderContext segment : reader.leaves()) {
            known.addAll(chunksByKey(segment.reader(), embeddingKeys).values());
          }
          return known;
        });
  }

  @Override
  public Map<Fingerprint, float[]> vectors(Set<Fingerprint> embeddingKeys) {
    Map<Fingerprint, float[]> found = new HashMap<>();
    return medium.read(
        () -> {
          for (LeafReaderContext segment : reader.leaves()) {
            SortedMap<Integer, Fingerprint> chunks = chunksByKey(segment.reader(), embeddingKeys);
            List<float[]> vectors = vectorsAt(segment.reader(), List.copyOf(chunks.keySet()));
            int i = 0;
            for (Fingerprint key : chunks.values()) {
              found.put(key, vectors.get(i++));
            }
          }
          return found;
        });
  }

  /** For each key that a live chunk of the segment has, one such chunk. */
  private static SortedMap<Integer, Fingerprint> chunksByKey(
      LeafReader segment, Set<Fingerprint> keys) throws IOException {
    SortedMap<Integer, Fingerprint> chunks = new TreeMap<>();
    LiveTerms live = new LiveTerms(segment, ChunkFields.KEY);
    // Lucene seeks forward faster, and its order is that of unsigned bytes, as the keys' own.
    for (Fingerprint key : new TreeSet<>(keys)) {
      int found = live.first(ChunkFields.key(key));
      if (found != LiveTerms.NONE) {
        chunks.put(found, key);
      }
    }
    return chunks;
  }

  /** The vectors of chunks given in ascending order. */
  private List<float[]> vectorsAt(LeafReader segment, List<Integer> chunks) throws IOException {
    List<float[]> vectors = new ArrayList<>(chunks.size());
    FloatVectorValues values =
        segment.getFloatVectorValues(ChunkFields.vectorField(settings().dimension()));
    DocIndexIterator at = values == null ? null : values.iterator();
    for (int chunk : chunks) {
      if (values == null || at == null || at.advance(chunk) != chunk) {
        throw new IOException("chunk " + chunk + " has no vector; run verify");
      }
      vectors.add(values.vectorValue(at.index()).clone());
    }
    return vectors;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      medium.read(
          () -> {
            reader.decRef();
            return true;
          });
    }
  }
}
