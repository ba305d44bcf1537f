package dev.ragindex.store.lucene;

import dev.ragindex.api.Filter;
import dev.ragindex.api.MetadataValue;
import java.util.Collection;
import java.util.List;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermRangeQuery;
import org.apache.lucene.util.BytesRef;

/** Turns a filter into a query on records. */
final class FilterQueries {

  private FilterQueries() {}

  static Query of(Filter filter) {
    return switch (filter) {
      case Filter.Compare compare -> compare(compare);
      case Filter.In in ->
          terms(in.values().stream().map(v -> MetadataTerms.value(in.key(), v)).toList());
      case Filter.AnyOf any ->
          terms(any.values().stream().map(v -> MetadataTerms.member(any.key(), v)).toList());
      case Filter.Exists exists -> term(MetadataTerms.presence(exists.key()));
      case Filter.And and -> and(and.filters());
      case Filter.Or or -> or(or.filters());
      case Filter.Not not -> not(not.filter());
    };
  }

  private static Query compare(Filter.Compare compare) {
    String key = compare.key();
    MetadataValue value = compare.value();
    BytesRef bound = MetadataTerms.value(key, value);
    return switch (compare.operator()) {
      case EQ -> term(bound);
      case LT -> range(MetadataTerms.first(key, value), bound, true, false);
      case LE -> range(MetadataTerms.first(key, value), bound, true, true);
      case GT -> range(bound, MetadataTerms.afterLast(key, value), false, false);
      case GE -> range(bound, MetadataTerms.afterLast(key, value), true, false);
    };
  }

  private static Query and(List<Filter> filters) {
    BooleanQuery.Builder all = new BooleanQuery.Builder().add(RecordFields.ALL, Occur.FILTER);
    filters.forEach(filter -> all.add(of(filter), Occur.FILTER));
    return all.build();
  }

  private static Query or(List<Filter> filters) {
    if (filters.isEmpty()) {
      return new MatchNoDocsQuery("an or of nothing");
    }
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    filters.forEach(filter -> any.add(of(filter), Occur.SHOULD));
    return any.build();
  }

  private static Query not(Filter filter) {
    return new BooleanQuery.Builder()
        .add(RecordFields.ALL, Occur.FILTER)
        .add(of(filter), Occur.MUST_NOT)
        .build();
  }

  private static Query term(BytesRef term) {
    return new TermQuery(new Term(RecordFields.METADATA, term));
  }

  private static Query terms(Collection<BytesRef> terms) {
    return new TermInSetQuery(RecordFields.METADATA, terms);
  }

  private static Query range(BytesRef lower, BytesRef upper, boolean withLower, boolean withUpper) {
    return new TermRangeQuery(RecordFields.METADATA, lower, upper, withLower, withUpper);
  }
}
