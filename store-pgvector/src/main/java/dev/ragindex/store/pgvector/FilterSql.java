package dev.ragindex.store.pgvector;

import dev.ragindex.api.CanonicalText;
import dev.ragindex.api.Filter;
import dev.ragindex.api.MetadataValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Translates a {@link Filter} to SQL over a {@code jsonb} column as {@link MetadataJson} writes it.
 *
 * <p>Equality and membership become {@code @>}, which a GIN index ({@code jsonb_path_ops}) serves;
 * for a list of texts that finds candidates, and {@code =} decides. Order takes the value out under
 * the name of its type, so a value of another type is NULL. NULL is false in a WHERE clause, and
 * AND and OR keep it so; the only place where it would not be is a negation, hence {@code IS NOT
 * TRUE}.
 */
final class FilterSql {

  private final String column;
  private final StringBuilder sql = new StringBuilder();
  private final List<Object> parameters = new ArrayList<>();

  private FilterSql(String column) {
    this.column = column;
  }

  /**
   * Translates a filter.
   *
   * @param filter any filter
   * @param column the metadata column as it stands in the statement, such as {@code d.metadata};
   *     SQL of ours, never a user's
   * @return the condition, true for the rows whose metadata the filter accepts
   */
  static SqlCondition of(Filter filter, String column) {
    FilterSql translation = new FilterSql(column);
    translation.add(filter);
    return new SqlCondition(translation.sql.toString(), translation.parameters);
  }

  private void add(Filter filter) {
    switch (filter) {
      case Filter.And and -> addAll(and.filters(), " AND ", "TRUE");
      case Filter.Or or -> addAll(or.filters(), " OR ", "FALSE");
      case Filter.Not not -> {
        sql.append('(');
        add(not.filter());
        sql.append(" IS NOT TRUE)");
      }
      case Filter.Exists exists -> addIfStorable(exists.key(), () -> addExists(exists.key()));
      case Filter.AnyOf anyOf -> addIfStorable(anyOf.key(), () -> addAnyOf(anyOf));
      case Filter.In in -> addIfStorable(in.key(), () -> addIn(in));
      case Filter.Compare compare -> addIfStorable(compare.key(), () -> addCompare(compare));
    }
  }

  /** No metadata has a key that PostgreSQL cannot keep, and the driver cannot even ask for one. */
  private void addIfStorable(String key, Runnable condition) {
    if (CanonicalText.isClean(key)) {
      condition.run();
    } else {
      sql.append("FALSE");
    }
  }

  private void addAll(List<Filter> filters, String operator, String ofNone) {
    if (filters.isEmpty()) {
      sql.append(ofNone);
      return;
    }
    String between = "(";
    for (Filter filter : filters) {
      sql.append(between);
      add(filter);
      between = operator;
    }
    sql.append(')');
  }

  private void addExists(String key) {
    addSql("(%s -> ?::text IS NOT NULL)", key);
  }

  private void addAnyOf(Filter.AnyOf anyOf) {
    addContainsAny(
        anyOf.key(),
        anyOf.values().stream()
            .filter(CanonicalText::isClean)
            .map(text -> (MetadataValue) new MetadataValue.Texts(List.of(text)))
            .toList());
  }

  private void addIn(Filter.In in) {
    List<MetadataValue> single = new ArrayList<>();
    List<Filter> lists = new ArrayList<>();
    for (MetadataValue value : in.values()) {
      if (value instanceof MetadataValue.Texts) {
        lists.add(new Filter.Compare(in.key(), Filter.Operator.EQ, value));
      } else {
        single.add(value);
      }
    }
    if (lists.isEmpty()) {
      addContainsAny(in.key(), single);
      return;
    }
    sql.append('(');
    addContainsAny(in.key(), single);
    sql.append(" OR ");
    addAll(lists, " OR ", "FALSE");
    sql.append(')');
  }

  private void addContainsAny(String key, Collection<MetadataValue> values) {
    addSql(
        "(%s @> ANY (?::text[]::jsonb[]))",
        values.stream().map(value -> MetadataJson.encode(key, value)).sorted().toList());
  }

  private void addCompare(Filter.Compare compare) {
    if (compare.operator() == Filter.Operator.EQ) {
      addEqual(compare.key(), compare.value());
    } else {
      addOrder(compare.key(), symbol(compare.operator()), compare.value());
    }
  }

  private void addEqual(String key, MetadataValue value) {
    String entry = MetadataJson.encode(key, value);
    if (value instanceof MetadataValue.Texts) {
      // a longer list contains a shorter one
      addSql(
          "(%1$s @> ?::jsonb AND %1$s -> ?::text = ?::jsonb -> ?::text)", entry, key, entry, key);
    } else {
      addSql("(%s @> ?::jsonb)", entry);
    }
  }

  private void addOrder(String key, String symbol, MetadataValue value) {
    switch (value) {
      case MetadataValue.Text text ->
          addOrder(key, MetadataJson.TEXT, "text COLLATE \"C\"", symbol, text.value());
      case MetadataValue.Whole whole ->
          addOrder(key, MetadataJson.WHOLE, "bigint", symbol, whole.value());
      case MetadataValue.Real real ->
          addOrder(key, MetadataJson.REAL, "double precision", symbol, real.value());
      case MetadataValue.Flag flag ->
          addOrder(key, MetadataJson.FLAG, "boolean", symbol, flag.value());
      case MetadataValue.Moment moment ->
          addOrder(key, MetadataJson.MOMENT, "bigint", symbol, moment.value().toEpochMilli());
      case MetadataValue.Texts texts ->
          throw new IllegalArgumentException("lists have no order: " + key);
    }
  }

  private void addOrder(String key, String tag, String type, String symbol, Object value) {
    addSql("((%s -> ?::text ->> '" + tag + "')::" + type + " " + symbol + " ?)", key, value);
  }

  private static String symbol(Filter.Operator operator) {
    return switch (operator) {
      case EQ -> "=";
      case LT -> "<";
      case LE -> "<=";
      case GT -> ">";
      case GE -> ">=";
    };
  }

  private void addSql(String template, Object... values) {
    sql.append(template.formatted(column));
    parameters.addAll(List.of(values));
  }
}
