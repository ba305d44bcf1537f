package dev.ragindex.store.lucene;

import dev.ragindex.api.DocumentId;
import dev.ragindex.api.DocumentState;
import dev.ragindex.api.Placement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;

/**
 * Holds the records of a commit against its chunks, which Lucene does not know to belong together.
 */
final class RecordCheck {

  private final LuceneSnapshot snapshot;
  private final IndexSearcher searcher;
  private final List<String> findings = new ArrayList<>();

  private RecordCheck(LuceneSnapshot snapshot) {
    this.snapshot = snapshot;
    this.searcher = new IndexSearcher(snapshot.reader());
  }

  static List<String> findings(LuceneSnapshot snapshot) throws IOException {
    RecordCheck check = new RecordCheck(snapshot);
    long named = check.layouts();
    long stored = snapshot.counts().chunks();
    if (named != stored) {
      check.findings.add("Records name " + named + " chunks, but " + stored + " are stored.");
    }
    for (LeafReaderContext segment : snapshot.reader().leaves()) {
      check.owners(segment.reader());
    }
    return check.findings;
  }

  /** Each placement has its chunk, under its embedding key. Returns how many there are. */
  private long layouts() throws IOException {
    long named = 0;
    for (String source : snapshot.sources()) {
      try (Stream<DocumentState> states = snapshot.states(source)) {
        for (DocumentState state : (Iterable<DocumentState>) states::iterator) {
          for (Placement placement : snapshot.layout(state.id())) {
            chunk(state.id(), placement);
            named++;
          }
        }
      }
    }
    return named;
  }

  private void chunk(DocumentId document, Placement placement) throws IOException {
    Term key = new Term(ChunkFields.KEY, ChunkFields.key(placement.embeddingKey()));
    Query query =
        new BooleanQuery.Builder()
            .add(new TermQuery(ChunkFields.term(document, placement.chunk())), Occur.FILTER)
            .add(new TermQuery(key), Occur.FILTER)
            .build();
    int found = searcher.count(query);
    if (found != 1) {
      findings.add(
          "%s: chunk %s of its layout is stored %d times under its embedding key."
              .formatted(document, placement.chunk(), found));
    }
  }

  /** Each chunk's document has a record. */
  private void owners(LeafReader segment) throws IOException {
    SortedDocValues names = segment.getSortedDocValues(ChunkFields.DOCUMENT);
    if (names == null) {
      return;
    }
    Bits live = segment.getLiveDocs();
    FixedBitSet seen = new FixedBitSet(names.getValueCount());
    while (names.nextDoc() != SortedDocValues.NO_MORE_DOCS) {
      boolean isLive = live == null || live.get(names.docID());
      if (isLive && !seen.getAndSet(names.ordValue())) {
        owner(names);
      }
    }
  }

  private void owner(SortedDocValues names) throws IOException {
    if (snapshot.recordValue(names.lookupOrd(names.ordValue()), RecordFields.STATE) == null) {
      String name = names.lookupOrd(names.ordValue()).utf8ToString();
      findings.add(name.replace('\0', ':') + ": has chunks, but no record.");
    }
  }
}
