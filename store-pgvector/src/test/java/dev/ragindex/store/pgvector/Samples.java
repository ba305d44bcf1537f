package dev.ragindex.store.pgvector;

import dev.ragindex.api.Filter;
import dev.ragindex.api.Metadata;
import dev.ragindex.api.MetadataValue;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Random metadata and filters from a small stock of difficult keys and values, so that they meet.
 */
final class Samples {

  /** Among them what SQL, JSON, JDBC or a store could mistake for its own. */
  private static final List<String> KEYS =
      List.of(
          "path",
          "text",
          "texts",
          "whole",
          "a'b",
          "a\"b",
          "a\\b",
          "?",
          "$1",
          "{fn now()}",
          "0",
          "'; DROP TABLE documents; --",
          "a.b",
          "ключ",
          "😀",
          "line\nbreak");

  /** Keys no metadata can have. */
  private static final List<String> IMPOSSIBLE = List.of("\0", "a\0", "\ud83d", "\ude00", "");

  /** U+E000 and U+FFFD sort before 😀 by code points and after it by UTF-16 units. */
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "a",
          "A",
          "b",
          "ab",
          "a b",
          "é",
          "e\u0301",
          "z",
          "ß",
          "ss",
          "\ue000",
          "\ufffd",
          "😀",
          "😀a",
          "1",
          "1.0",
          "true",
          "null",
          "{\"text\": \"a\"}",
          "'",
          "\"",
          "\\",
          "\\u0000",
          "%",
          "_",
          "\t\r\n",
          "\u0001",
          "' OR '1'='1",
          "'; DROP TABLE documents; --");

  private static final List<Long> WHOLES =
      List.of(
          0L,
          1L,
          -1L,
          2L,
          1L << 53,
          (1L << 53) + 1,
          Long.MAX_VALUE,
          Long.MAX_VALUE - 1,
          Long.MIN_VALUE);

  private static final List<Double> REALS =
      List.of(
          0.0,
          -0.0,
          1.0,
          -1.0,
          0.1,
          0.1 + 0.2,
          0.3,
          1e23,
          Math.nextUp(1e23),
          9007199254740992.0,
          Double.MIN_VALUE,
          Double.MIN_NORMAL,
          Double.MAX_VALUE,
          -Double.MAX_VALUE);

  private static final List<Instant> MOMENTS =
      List.of(
          Instant.EPOCH,
          Instant.EPOCH.plusMillis(1),
          Instant.EPOCH.minusMillis(1),
          Instant.parse("2026-01-01T00:00:00.123456789Z"),
          Instant.parse("-9999-01-01T00:00:00Z"),
          Instant.ofEpochMilli(Long.MAX_VALUE),
          Instant.ofEpochMilli(Long.MIN_VALUE));

  private final Random random;

  Samples(Random random) {
    this.random = random;
  }

  Metadata metadata() {
    Metadata metadata = Metadata.EMPTY;
    for (int i = random.nextInt(10); i > 0; i--) {
      metadata = metadata.with(one(KEYS), value());
    }
    return metadata;
  }

  Filter filter(int depth) {
    return switch (random.nextInt(depth > 0 ? 10 : 7)) {
      case 0, 1 -> new Filter.Compare(key(), Filter.Operator.EQ, value());
      case 2, 3 -> order();
      case 4 -> new Filter.In(key(), many(this::value).collect(Collectors.toSet()));
      case 5 -> new Filter.AnyOf(key(), many(this::anyText).collect(Collectors.toSet()));
      case 6 -> new Filter.Exists(key());
      case 7 -> new Filter.And(many(() -> filter(depth - 1)).toList());
      case 8 -> new Filter.Or(many(() -> filter(depth - 1)).toList());
      default -> new Filter.Not(filter(depth - 1));
    };
  }

  MetadataValue value() {
    return random.nextInt(6) == 0
        ? new MetadataValue.Texts(many(() -> one(List.of("a", "b", "1"))).toList())
        : single();
  }

  private Filter order() {
    Filter.Operator[] operators = Filter.Operator.values();
    return new Filter.Compare(key(), operators[1 + random.nextInt(operators.length - 1)], single());
  }

  private MetadataValue single() {
    return switch (random.nextInt(5)) {
      case 0 -> new MetadataValue.Text(one(TEXTS));
      case 1 -> new MetadataValue.Whole(one(WHOLES));
      case 2 -> new MetadataValue.Real(one(REALS));
      case 3 -> new MetadataValue.Flag(random.nextBoolean());
      default -> new MetadataValue.Moment(one(MOMENTS));
    };
  }

  private String key() {
    return random.nextInt(20) == 0 ? one(IMPOSSIBLE) : one(KEYS);
  }

  private String anyText() {
    return random.nextInt(10) == 0 ? one(IMPOSSIBLE) : one(List.of("a", "b", "1", "'"));
  }

  private <T> Stream<T> many(Supplier<T> one) {
    return IntStream.range(0, random.nextInt(4)).mapToObj(i -> one.get());
  }

  private <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
