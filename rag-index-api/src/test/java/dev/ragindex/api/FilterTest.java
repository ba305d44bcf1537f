package dev.ragindex.api;

import static dev.ragindex.api.Filter.and;
import static dev.ragindex.api.Filter.anyOf;
import static dev.ragindex.api.Filter.eq;
import static dev.ragindex.api.Filter.exists;
import static dev.ragindex.api.Filter.ge;
import static dev.ragindex.api.Filter.gt;
import static dev.ragindex.api.Filter.in;
import static dev.ragindex.api.Filter.le;
import static dev.ragindex.api.Filter.lt;
import static dev.ragindex.api.Filter.ne;
import static dev.ragindex.api.Filter.not;
import static dev.ragindex.api.Filter.or;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FilterTest {

  private final Metadata metadata =
      Metadata.EMPTY
          .with("name", "Ada")
          .with("age", 36L)
          .with("height", 1.65)
          .with("alive", false)
          .with("born", Instant.parse("1815-12-10T00:00:00Z"))
          .with("tags", List.of("math", "engine"));

  @Test
  void comparisons_hold_for_equal_types() {
    assertThat(
            List.of(
                eq("name", "Ada"),
                ne("name", "Bob"),
                lt("name", "Bob"),
                ge("name", "Ada"),
                eq("age", 36L),
                gt("age", 35L),
                le("age", 36L),
                lt("height", 2.0),
                eq("alive", false),
                gt("born", Instant.parse("1800-01-01T00:00:00Z")),
                in("name", "Eve", "Ada"),
                anyOf("tags", "engine", "x"),
                exists("tags")))
        .allMatch(filter -> filter.test(metadata));
  }

  @Test
  void other_types_and_absent_keys_never_match() {
    assertThat(
            List.of(
                eq("age", "36"),
                eq("age", 36.0),
                gt("name", 1L),
                lt("none", 1L),
                exists("none"),
                in("none", "a"),
                anyOf("name", "Ada"),
                eq("tags", "math"),
                in("name")))
        .noneMatch(filter -> filter.test(metadata));
  }

  @Test
  void not_turns_an_absent_key_into_a_match() {
    assertThat(ne("none", "x").test(metadata)).isTrue();
    assertThat(not(gt("name", 1L)).test(metadata)).isTrue();
  }

  @Test
  void and_or_of_nothing() {
    assertThat(and().test(metadata)).isTrue();
    assertThat(or().test(metadata)).isFalse();
    assertThat(and(eq("name", "Ada"), or(eq("age", 1L), eq("age", 36L))).test(metadata)).isTrue();
  }

  @Test
  void texts_sort_by_code_points() {
    Metadata emoji = Metadata.EMPTY.with("k", "😀");
    assertThat(gt("k", "\uE000").test(emoji)).isTrue();
    assertThat(CanonicalText.compare("\uE000", "😀")).isNegative();
    assertThat(CanonicalText.compare("a", "ab")).isNegative();
    assertThat(CanonicalText.compare("😀", "😁")).isNegative();
  }

  @Test
  void lists_have_no_order() {
    assertThatThrownBy(
            () ->
                new Filter.Compare(
                    "tags", Filter.Operator.LT, new MetadataValue.Texts(List.of("a"))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
