package dev.ragindex.store.lucene;

import dev.ragindex.api.Placement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;

/** The chunks of a commit that no layout names. Only damage leaves any. */
final class Strays {

  private final LuceneSnapshot snapshot;
  private final IndexSearcher searcher;
  private final Map<BytesRef, Query> queries = new HashMap<>();
  private long count;

  private Strays(LuceneSnapshot snapshot) {
    this.snapshot = snapshot;
    this.searcher = new IndexSearcher(snapshot.reader());
  }

  static Strays of(LuceneSnapshot snapshot) throws IOException {
    Strays strays = new Strays(snapshot);
    for (LeafReaderContext segment : snapshot.reader().leaves()) {
      strays.find(segment.reader());
    }
    return strays;
  }

  /** How many there are. */
  long count() {
    return count;
  }

  /** Finds them, and nothing else. */
  Query[] queries() {
    return queries.values().toArray(Query[]::new);
  }

  /** Looks each document up whose chunks are in a segment. */
  private void find(LeafReader segment) throws IOException {
    SortedDocValues names = segment.getSortedDocValues(ChunkFields.DOCUMENT);
    if (names == null) {
      return;
    }
    FixedBitSet seen = new FixedBitSet(names.getValueCount());
    while (names.nextDoc() != SortedDocValues.NO_MORE_DOCS) {
      if (!seen.getAndSet(names.ordValue())) {
        find(BytesRef.deepCopyOf(names.lookupOrd(names.ordValue())));
      }
    }
  }

  private void find(BytesRef document) throws IOException {
    Query unnamed =
        new BooleanQuery.Builder()
            .add(new TermQuery(new Term(ChunkFields.DOCUMENT, document)), Occur.FILTER)
            .add(new TermInSetQuery(ChunkFields.CHUNK, named(document)), Occur.MUST_NOT)
            .build();
    int found = searcher.count(unnamed);
    if (found > 0 && queries.put(document, unnamed) == null) {
      count += found;
    }
  }

  private List<BytesRef> named(BytesRef document) throws IOException {
    List<BytesRef> chunks = new ArrayList<>();
    BytesRef layout = snapshot.recordValue(document, RecordFields.LAYOUT);
    if (layout != null) {
      for (Placement placement : RecordCodec.layout(layout)) {
        chunks.add(ChunkFields.term(document, placement.chunk()).bytes());
      }
    }
    return chunks;
  }
}
