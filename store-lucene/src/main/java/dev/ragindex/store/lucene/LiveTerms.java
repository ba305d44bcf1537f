package dev.ragindex.store.lucene;

import java.io.IOException;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Looks terms of one field of one segment up, deleted Lucene documents left out. */
final class LiveTerms {

  /** No live Lucene document has the term. */
  static final int NONE = DocIdSetIterator.NO_MORE_DOCS;

  private final @Nullable TermsEnum terms;
  private final @Nullable Bits live;
  private @Nullable PostingsEnum postings;

  LiveTerms(LeafReader segment, String field) throws IOException {
    Terms all = segment.terms(field);
    terms = all == null ? null : all.iterator();
    live = segment.getLiveDocs();
  }

  /** The first live Lucene document with the term, or {@link #NONE}. */
  int first(BytesRef term) throws IOException {
    if (terms == null || !terms.seekExact(term)) {
      return NONE;
    }
    postings = terms.postings(postings, PostingsEnum.NONE);
    return next();
  }

  /** The next live Lucene document with the term asked for last, or {@link #NONE}. */
  int next() throws IOException {
    if (postings == null) {
      return NONE;
    }
    int found = postings.nextDoc();
    while (found != NONE && live != null && !live.get(found)) {
      found = postings.nextDoc();
    }
    return found;
  }
}
