package dev.ragindex.tck;

import dev.ragindex.api.Filter;
import dev.ragindex.api.Filter.Operator;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.MetadataValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** Metadata and filters over few keys and many awkward values, so that they often meet. */
final class RandomFilters {

  private static final String LONG = "x".repeat(8_191);
  private static final List<String> KEYS = List.of("a", "b", "ab", "a.b", "Ä \"'\n");

  private static final List<String> TEXTS =
      List.of(
          "",
          "a",
          "A",
          "ab",
          "1",
          "true",
          " a",
          "a'\"\\%_*",
          "\uD7FF",
          "\uE000",
          "\uFFFD",
          "\uD83D\uDE00",
          LONG + "y",
          LONG + "z",
          "\uFFFD".repeat(8_192));

  private static final List<MetadataValue> VALUES = values();

  private RandomFilters() {}

  private static List<MetadataValue> values() {
    List<MetadataValue> values = new ArrayList<>();
    TEXTS.forEach(text -> values.add(new MetadataValue.Text(text)));
    for (long whole : new long[] {Long.MIN_VALUE, -1, 0, 1, 255, 256, Long.MAX_VALUE}) {
      values.add(new MetadataValue.Whole(whole));
    }
    for (double real :
        new double[] {-Double.MAX_VALUE, -1, 0, -0.0, Double.MIN_VALUE, 1, 1.5, 1e300}) {
      values.add(new MetadataValue.Real(real));
    }
    for (long millis : new long[] {-1, 0, 1, 1_700_000_000_000L}) {
      values.add(new MetadataValue.Moment(Instant.ofEpochMilli(millis)));
    }
    values.add(new MetadataValue.Flag(true));
    values.add(new MetadataValue.Flag(false));
    values.add(new MetadataValue.Texts(List.of()));
    values.add(new MetadataValue.Texts(List.of("a")));
    values.add(new MetadataValue.Texts(List.of("a", "a")));
    values.add(new MetadataValue.Texts(List.of("ab", "a")));
    values.add(new MetadataValue.Texts(List.of("a", "ab", "")));
    values.add(new MetadataValue.Texts(TEXTS));
    return List.copyOf(values);
  }

  /** Each value under one key, and some with several. */
  static List<Metadata> documents(Random random) {
    List<Metadata> documents = new ArrayList<>();
    for (MetadataValue value : VALUES) {
      Metadata metadata = Metadata.EMPTY.with("a", value);
      for (String key : KEYS.subList(1, KEYS.size())) {
        if (random.nextInt(3) == 0) {
          metadata = metadata.with(key, pick(VALUES, random));
        }
      }
      documents.add(metadata);
    }
    return documents;
  }

  /** Each operator with each value it takes, and the other simple filters. */
  static Stream<Filter> simple() {
    List<Filter> filters =
        new ArrayList<>(List.of(Filter.ALL, Filter.or(), Filter.not(Filter.ALL)));
    for (MetadataValue value : VALUES) {
      for (Operator operator : Operator.values()) {
        if (operator == Operator.EQ || !(value instanceof MetadataValue.Texts)) {
          filters.add(new Filter.Compare("a", operator, value));
        }
      }
      filters.add(Filter.not(new Filter.Compare("a", Operator.EQ, value)));
    }
    TEXTS.forEach(text -> filters.add(Filter.anyOf("a", text)));
    KEYS.forEach(key -> filters.add(Filter.exists(key)));
    filters.add(Filter.exists("absent"));
    filters.add(Filter.not(Filter.exists("b")));
    filters.add(Filter.not(Filter.lt("absent", 1L)));
    filters.add(new Filter.In("a", Set.of()));
    filters.add(new Filter.AnyOf("a", Set.of()));
    filters.add(new Filter.In("a", Set.copyOf(VALUES)));
    return filters.stream();
  }

  /** A filter of some depth. */
  static Filter any(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 7 : 4)) {
      case 0 -> compare(random);
      case 1 -> new Filter.In(key(random), Set.of(pick(VALUES, random)));
      case 2 -> Filter.anyOf(key(random), pick(TEXTS, random));
      case 3 -> Filter.exists(key(random));
      case 4 -> new Filter.And(some(random, depth - 1));
      case 5 -> new Filter.Or(some(random, depth - 1));
      default -> Filter.not(any(random, depth - 1));
    };
  }

  private static Filter compare(Random random) {
    MetadataValue value = pick(VALUES, random);
    Operator operator =
        value instanceof MetadataValue.Texts
            ? Operator.EQ
            : pick(List.of(Operator.values()), random);
    return new Filter.Compare(key(random), operator, value);
  }

  private static List<Filter> some(Random random, int depth) {
    return Stream.generate(() -> any(random, depth)).limit(random.nextInt(4)).toList();
  }

  private static String key(Random random) {
    return pick(KEYS, random);
  }

  private static <T> T pick(List<T> from, Random random) {
    return from.get(random.nextInt(from.size()));
  }

  /** A filter's text, long values cut. */
  static String label(Filter filter) {
    return filter.toString().replaceAll("(.)\\1{20,}", "$1$1...");
  }
}
