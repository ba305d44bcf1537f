package dev.ragindex.store.lucene;

import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Placement;
import dev.ragindex.api.SearchHit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.DoubleUnaryOperator;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.util.BytesRef;

/** Makes hits of what Lucene found: text from the chunk, everything else from its record. */
final class Hits {

  /** Equal scores stand in an order that merges of segments do not change. */
  private static final Comparator<SearchHit> ORDER =
      Comparator.comparingDouble(SearchHit::score)
          .reversed()
          .thenComparing(SearchHit::document)
          .thenComparing(SearchHit::start)
          .thenComparing(SearchHit::chunk);

  private final LuceneSnapshot snapshot;
  private final IndexSearcher searcher;
  private final Map<BytesRef, Placed> documents = new HashMap<>();

  Hits(LuceneSnapshot snapshot, IndexSearcher searcher) {
    this.snapshot = snapshot;
    this.searcher = searcher;
  }

  /** Lucene keeps scores positive: its dot product is (1 + cosine) / 2. */
  static double cosine(double score) {
    return Math.clamp(2 * score - 1, -1.0, 1.0);
  }

  List<SearchHit> load(TopDocs found, int top, DoubleUnaryOperator scale) throws IOException {
    List<SearchHit> hits = new ArrayList<>();
    for (ScoreDoc scored : found.scoreDocs) {
      if (hits.size() >= top) {
        break;
      }
      hits.add(hit(scored.doc, scale.applyAsDouble(scored.score)));
    }
    hits.sort(ORDER);
    return List.copyOf(hits);
  }

  private SearchHit hit(int chunk, double score) throws IOException {
    Document fields = searcher.storedFields().document(chunk);
    Placed document = document(nameOfDocument(chunk));
    Placement placement = document.placement(ChunkFields.id(fields));
    return new SearchHit(
        score,
        document.state().id(),
        placement.chunk(),
        placement.start(),
        placement.end(),
        placement.page(),
        placement.headings(),
        document.state().metadata().with(placement.metadata()),
        fields.get(ChunkFields.TEXT));
  }

  private BytesRef nameOfDocument(int chunk) throws IOException {
    List<LeafReaderContext> segments = snapshot.reader().leaves();
    LeafReaderContext segment = segments.get(ReaderUtil.subIndex(chunk, segments));
    SortedDocValues names = segment.reader().getSortedDocValues(ChunkFields.DOCUMENT);
    if (names == null || !names.advanceExact(chunk - segment.docBase)) {
      throw new IOException("chunk " + chunk + " names no document; run verify");
    }
    return BytesRef.deepCopyOf(names.lookupOrd(names.ordValue()));
  }

  private Placed document(BytesRef name) throws IOException {
    Placed known = documents.get(name);
    if (known == null) {
      known = read(name);
      documents.put(name, known);
    }
    return known;
  }

  private Placed read(BytesRef name) throws IOException {
    BytesRef state = snapshot.recordValue(name, RecordFields.STATE);
    BytesRef layout = snapshot.recordValue(name, RecordFields.LAYOUT);
    if (state == null || layout == null) {
      throw new IOException("a chunk's document has no record; run verify");
    }
    Map<UUID, Placement> placements = new HashMap<>();
    RecordCodec.layout(layout).forEach(p -> placements.put(p.chunk(), p));
    return new Placed(RecordCodec.state(state), placements);
  }

  /** A document's record, its layout by chunk. */
  private record Placed(DocumentState state, Map<UUID, Placement> placements) {

    Placement placement(UUID chunk) throws IOException {
      Placement placement = placements.get(chunk);
      if (placement == null) {
        throw new IOException(state.id() + ": chunk " + chunk + " is not in the layout");
      }
      return placement;
    }
  }
}
