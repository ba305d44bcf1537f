package dev.ragindex.core.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {

  @ParameterizedTest
  @CsvSource({
    "*.md, a.md, true",
    "*.md, x/y/a.md, true",
    "*.md, a.mdx, false",
    "*.md, a.md/b, false",
    "/*.md, a.md, true",
    "/*.md, x/a.md, false",
    "x/*.md, x/a.md, true",
    "x/*.md, y/x/a.md, false",
    "x/**, x/y/z, true",
    "x/**, x, false",
    "**/x/*, a/b/x/c, true",
    "**/x/*, x/c, true",
    "a?c, abc, true",
    "a?c, a/c, false",
    "[a-c].txt, b.txt, true",
    "[!a-c].txt, b.txt, false",
    "[!a-c].txt, d.txt, true",
    "'{a,bc}.txt', bc.txt, true",
    "'{a,bc}.txt', b.txt, false",
    "'a,b', 'a,b', true",
    "a\\*, a*, true",
    "a\\*, ab, false",
    "(.+), '(.+)', true",
  })
  void glob_matches_as_documented(String glob, String key, boolean expected) {
    assertThat(Glob.of(glob).matches(key)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[a", "{a,b", "a}"})
  void unclosed_glob_is_refused(String glob) {
    assertThatThrownBy(() -> Glob.of(glob))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(glob);
  }
}
