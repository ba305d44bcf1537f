package dev.ragindex.api;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A condition on a document's metadata. {@link #test} is the reference for what each store must do.
 *
 * <p>Types are strict: a text never equals a number, and {@code eq("n", 1L)} does not match the
 * double 1.0. A comparison with an absent key or a value of another type is false; {@link Not} of
 * it is therefore true, and {@code ne} means not {@code eq}.
 *
 * <pre>{@code
 * import static dev.ragindex.api.Filter.*;
 *
 * Filter filter = and(eq("extension", "md"), not(in("path", "drafts/a.md", "drafts/b.md")));
 * }</pre>
 */
public sealed interface Filter {

  /** Matches every document. */
  Filter ALL = new And(List.of());

  /**
   * Says whether metadata meets the condition.
   *
   * @param metadata a document's metadata
   * @return true if it does
   */
  boolean test(Metadata metadata);

  /** How {@link Compare} compares; the last four need an ordered type. */
  enum Operator {
    /** Equal type and value. */
    EQ,
    /** Less than. */
    LT,
    /** Less than or equal. */
    LE,
    /** Greater than. */
    GT,
    /** Greater than or equal. */
    GE
  }

  /**
   * Compares a value; texts by code points (as UTF-8 bytes sort), false before true.
   *
   * @param key metadata key
   * @param operator the comparison
   * @param value what to compare with; a list of texts only with EQ
   */
  record Compare(String key, Operator operator, MetadataValue value) implements Filter {
    /**
     * Checks the operator.
     *
     * @throws IllegalArgumentException if a list is to be ordered
     */
    public Compare {
      if (operator != Operator.EQ && value instanceof MetadataValue.Texts) {
        throw new IllegalArgumentException("lists have no order: " + key + " " + operator);
      }
    }

    @Override
    public boolean test(Metadata metadata) {
      MetadataValue found = metadata.get(key);
      if (found == null) {
        return false;
      }
      if (operator == Operator.EQ) {
        return found.equals(value);
      }
      Integer order = order(found, value);
      if (order == null) {
        return false;
      }
      return switch (operator) {
        case EQ -> order == 0;
        case LT -> order < 0;
        case LE -> order <= 0;
        case GT -> order > 0;
        case GE -> order >= 0;
      };
    }

    private static @Nullable Integer order(MetadataValue left, MetadataValue right) {
      return switch (left) {
        case MetadataValue.Text l when right instanceof MetadataValue.Text r ->
            CanonicalText.compare(l.value(), r.value());
        case MetadataValue.Whole l when right instanceof MetadataValue.Whole r ->
            Long.compare(l.value(), r.value());
        case MetadataValue.Real l when right instanceof MetadataValue.Real r ->
            Double.compare(l.value(), r.value());
        case MetadataValue.Flag l when right instanceof MetadataValue.Flag r ->
            Boolean.compare(l.value(), r.value());
        case MetadataValue.Moment l when right instanceof MetadataValue.Moment r ->
            l.value().compareTo(r.value());
        case MetadataValue.Text l -> null;
        case MetadataValue.Whole l -> null;
        case MetadataValue.Real l -> null;
        case MetadataValue.Flag l -> null;
        case MetadataValue.Moment l -> null;
        case MetadataValue.Texts l -> null;
      };
    }
  }

  /**
   * The value equals one of several.
   *
   * @param key metadata key
   * @param values the values; none matches nothing
   */
  record In(String key, Set<MetadataValue> values) implements Filter {
    /** Copies the values. */
    public In {
      values = Set.copyOf(values);
    }

    @Override
    public boolean test(Metadata metadata) {
      MetadataValue found = metadata.get(key);
      return found != null && values.contains(found);
    }
  }

  /**
   * A list of texts holds at least one of several.
   *
   * @param key metadata key of a list of texts
   * @param values the texts; none matches nothing
   */
  record AnyOf(String key, Set<String> values) implements Filter {
    /** Copies the values. */
    public AnyOf {
      values = Set.copyOf(values);
    }

    @Override
    public boolean test(Metadata metadata) {
      return metadata.get(key) instanceof MetadataValue.Texts texts
          && texts.values().stream().anyMatch(values::contains);
    }
  }

  /**
   * The key has a value, of whatever type.
   *
   * @param key metadata key
   */
  record Exists(String key) implements Filter {
    @Override
    public boolean test(Metadata metadata) {
      return metadata.get(key) != null;
    }
  }

  /**
   * All conditions hold.
   *
   * @param filters the conditions; none matches everything
   */
  record And(List<Filter> filters) implements Filter {
    /** Copies the conditions. */
    public And {
      filters = List.copyOf(filters);
    }

    @Override
    public boolean test(Metadata metadata) {
      return filters.stream().allMatch(filter -> filter.test(metadata));
    }
  }

  /**
   * At least one condition holds.
   *
   * @param filters the conditions; none matches nothing
   */
  record Or(List<Filter> filters) implements Filter {
    /** Copies the conditions. */
    public Or {
      filters = List.copyOf(filters);
    }

    @Override
    public boolean test(Metadata metadata) {
      return filters.stream().anyMatch(filter -> filter.test(metadata));
    }
  }

  /**
   * The condition does not hold.
   *
   * @param filter the condition
   */
  record Not(Filter filter) implements Filter {
    @Override
    public boolean test(Metadata metadata) {
      return !filter.test(metadata);
    }
  }

  /**
   * The value is this text.
   *
   * @param key metadata key
   * @param value what to compare with
   * @return the condition
   */
  static Filter eq(String key, String value) {
    return new Compare(key, Operator.EQ, new MetadataValue.Text(value));
  }

  /**
   * The value is not this text; true also where the key is absent.
   *
   * @param key metadata key
   * @param value what to compare with
   * @return the condition
   */
  static Filter ne(String key, String value) {
    return not(eq(key, value));
  }

  /**
   * The value is this whole number.
   *
   * @param key metadata key
   * @param value what to compare with
   * @return the condition
   */
  static Filter eq(String key, long value) {
    return new Compare(key, Operator.EQ, new MetadataValue.Whole(value));
  }

  /**
   * The value is not this whole number; true also where the key is absent.
   *
   * @param key metadata key
   * @param value what to compare with
   * @return the condition
   */
  static Filter ne(String key, long value) {
    return not(eq(key, value));
  }

  /**
   * The value is this floating point number.
   *
   * @param key metadata key
   * @param value what to compare with
   * @return the condition
   */
  static Filter eq(String key, double value) {
    return new Compare(key, Operator.EQ, new MetadataValue.Real(value));
  }

  /**
   * The value is not this floating point number; true also where the key is absent.
   *
   * @param key metadata key
   * @param value what to compare with
   * @return the condition
   */
  static Filter ne(String key, double value) {
    return not(eq(key, value));
  }

  /**
   * The value is this truth value.
   *
   * @param key metadata key
   * @param value what to compare with
   * @return the condition
   */
  static Filter eq(String key, boolean value) {
    return new Compare(key, Operator.EQ, new MetadataValue.Flag(value));
  }

  /**
   * The value is not this truth value; true also where the key is absent.
   *
   * @param key metadata key
   * @param value what to compare with
   * @return the condition
   */
  static Filter ne(String key, boolean value) {
    return not(eq(key, value));
  }

  /**
   * The value is this point in time.
   *
   * @param key metadata key
   * @param value what to compare with
   * @return the condition
   */
  static Filter eq(String key, Instant value) {
    return new Compare(key, Operator.EQ, new MetadataValue.Moment(value));
  }

  /**
   * The value is not this point in time; true also where the key is absent.
   *
   * @param key metadata key
   * @param value what to compare with
   * @return the condition
   */
  static Filter ne(String key, Instant value) {
    return not(eq(key, value));
  }

  /**
   * The value is a text less than this one.
   *
   * @param key metadata key
   * @param value what to compare with
   * @return the condition
   */
  static Filter lt(String key, String value) {
    return new Compare(key, Operator.LT, new MetadataValue.Text(value));
  }

  /**
   * The value is a whole number less than this one.
   *
   * @param key metadata key
   * @param value what to compare with
   * @return the condition
   */
  static Filter lt(String key, long value) {
    return new Compare(key, Operator.LT, new MetadataValue.Whole(value));
  }

  /**
   * The value is a floating point number less than this one.
   *
   * @param key metadata key
   * @param value what to compare with
   * @return the condition
   */
  static Filter lt(String key, double value) {
    return new Compare(key, Operator.LT, new MetadataValue.Real(value));
  }

  /**
   * The value is a point in time less than this one.
   *
   * @param key metadata key
   * @param value what to compare with
   * @return the condition
   */
  static Filter lt(String key, Instant value) {
    return new Compare(key, Operator.LT, new MetadataValue.Moment(value));
  }

  /**
   * The value is a text less than or equal to this one.
   *
   * @param key metadata key
   * @param value what to compare with
   * @return the condition
   */
  static Filter le(String key, String value) {
    return new Compare(key, Operator.LE, new MetadataValue.Text(value));
  }

  /**
   * The value is a whole number less than or equal to this one.
   *
   * @param key metadata key
   * @param value what to compare with
   * @return the condition
   */
  static Filter le(String key, long value) {
    return new Compare(key, Operator.LE, new MetadataValue.Whole(value));
  }

  /**
   * The value is a floating point number less than or equal to this one.
   *
   * @param key metadata key
   * @param value what to compare with
   * @return the condition
   */
  static Filter le(String key, double value) {
    return new Compare(key, Operator.LE, new MetadataValue.Real(value));
  }

  /**
   * The value is a point in time less than or equal to this one.
   *
   * @param key metadata key
   * @param value what to compare with
   * @return the condition
   */
  static Filter le(String key, Instant value) {
    return new Compare(key, Operator.LE, new MetadataValue.Moment(value));
  }

  /**
   * The value is a text greater than this one.
   *
   * @param key metadata key
   * @param value what to compare with
   * @return the condition
   */
  static Filter gt(String key, String value) {
    return new Compare(key, Operator.GT, new MetadataValue.Text(value));
  }

  /**
   * The value is a whole number greater than this one.
   *
   * @param key metadata key
   * @param value what to compare with
   * @return the condition
   */
  static Filter gt(String key, long value) {
    return new Compare(key, Operator.GT, new MetadataValue.Whole(value));
  }

  /**
   * The value is a floating point number greater than this one.
   *
   * @param key metadata key
   * @param value what to compare with
   * @return the condition
   */
  static Filter gt(String key, double value) {
    return new Compare(key, Operator.GT, new MetadataValue.Real(value));
  }

  /**
   * The value is a point in time greater than this one.
   *
   * @param key metadata key
   * @param value what to compare with
   * @return the condition
   */
  static Filter gt(String key, Instant value) {
    return new Compare(key, Operator.GT, new MetadataValue.Moment(value));
  }

  /**
   * The value is a text greater than or equal to this one.
   *
   * @param key metadata key
   * @param value what to compare with
   * @return the condition
   */
  static Filter ge(String key, String value) {
    return new Compare(key, Operator.GE, new MetadataValue.Text(value));
  }

  /**
   * The value is a whole number greater than or equal to this one.
   *
   * @param key metadata key
   * @param value what to compare with
   * @return the condition
   */
  static Filter ge(String key, long value) {
    return new Compare(key, Operator.GE, new MetadataValue.Whole(value));
  }

  /**
   * The value is a floating point number greater than or equal to this one.
   *
   * @param key metadata key
   * @param value what to compare with
   * @return the condition
   */
  static Filter ge(String key, double value) {
    return new Compare(key, Operator.GE, new MetadataValue.Real(value));
  }

  /**
   * The value is a point in time greater than or equal to this one.
   *
   * @param key metadata key
   * @param value what to compare with
   * @return the condition
   */
  static Filter ge(String key, Instant value) {
    return new Compare(key, Operator.GE, new MetadataValue.Moment(value));
  }

  /**
   * The value is one of these texts.
   *
   * @param key metadata key
   * @param values the texts
   * @return the condition
   */
  static Filter in(String key, String... values) {
    return new In(
        key,
        Stream.of(values).map(MetadataValue.Text::new).collect(Collectors.toUnmodifiableSet()));
  }

  /**
   * The list of texts holds at least one of these.
   *
   * @param key metadata key of a list of texts
   * @param values the texts
   * @return the condition
   */
  static Filter anyOf(String key, String... values) {
    return new AnyOf(key, Set.of(values));
  }

  /**
   * The key has a value.
   *
   * @param key metadata key
   * @return the condition
   */
  static Filter exists(String key) {
    return new Exists(key);
  }

  /**
   * All of these hold.
   *
   * @param filters the conditions
   * @return the condition
   */
  static Filter and(Filter... filters) {
    return new And(List.of(filters));
  }

  /**
   * At least one of these holds.
   *
   * @param filters the conditions
   * @return the condition
   */
  static Filter or(Filter... filters) {
    return new Or(List.of(filters));
  }

  /**
   * This does not hold.
   *
   * @param filter the condition
   * @return the condition
   */
  static Filter not(Filter filter) {
    return new Not(filter);
  }
}
