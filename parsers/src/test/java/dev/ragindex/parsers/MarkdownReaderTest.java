package dev.ragindex.parsers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragindex.api.Document;
import org.junit.jupiter.api.Test;

class MarkdownReaderTest {

  @Test
  void text_is_the_file_itself_and_blocks_point_at_words_not_at_marks() {
    Sample file = Sample.resource("guide.md");

    Document guide = file.parse();

    assertThat(guide.text()).isEqualTo(new String(file.bytes()));
    assertThat(guide.indexedEnd()).isEqualTo(guide.text().length());
    assertThat(guide.title()).isEqualTo("Leave: a guide");
    assertThat(Sample.show(guide))
        .containsExactly(
            "PARAGRAPH: ---\ntitle: \"Leave: a guide\"\ntags: [hr]\n---",
            "HEADING 1: The *guide*",
            "PARAGRAPH: Everyone has\n30 days.",
            "HEADING 2: How to ask",
            "LIST_ITEM 1: Fill in",
            "LIST_ITEM 2: first day",
            "LIST_ITEM 2: last day",
            "LIST_ITEM 1: Send",
            "PARAGRAPH: More on sending.",
            "CODE: leave --from 1\n\n  --to 5",
            "TABLE_HEADER: Year | Days",
            "TABLE_ROW: 1    | 30",
            "TABLE_ROW: 2 | `3|2`",
            "PARAGRAPH: A wise word\n> over two lines.",
            "CODE:     indented code\n\n    goes on",
            "PARAGRAPH: <div>html</div>",
            "HEADING 3: End");
  }

  @Test
  void first_heading_is_the_title_if_nothing_else_is() {
    assertThat(Sample.of("a.md", "Intro\n\nTitle\n=====\n").parse().title()).isEqualTo("Title");
  }

  @Test
  void dashes_at_the_top_without_keys_are_a_line_and_no_front_matter() {
    Document page = Sample.of("a.md", "---\nwords\n\n---\n").parse();

    assertThat(Sample.show(page)).containsExactly("PARAGRAPH: words");
  }

  @Test
  void empty_headings_items_cells_and_fences_give_no_blocks() {
    Document page = Sample.of("a.md", "#\n\n-\n\n```\n```\n\n> \n\nx\n").parse();

    assertThat(Sample.show(page)).containsExactly("PARAGRAPH: x");
  }

  @Test
  void unclosed_fence_runs_to_the_end() {
    assertThat(Sample.show(Sample.of("a.md", "```java\nint i;\n").parse()))
        .containsExactly("CODE: int i;");
  }

  @Test
  void forgotten_fence_ends_before_the_next_heading() {
    Document page = Sample.of("a.md", "# A\n\n```\nwords\n\n## B\nmore\n\n# C\n\nend\n").parse();

    assertThat(Sample.show(page))
        .containsExactly(
            "HEADING 1: A",
            "CODE: words",
            "HEADING 2: B",
            "PARAGRAPH: more",
            "HEADING 1: C",
            "PARAGRAPH: end");
  }

  @Test
  void fence_that_holds_the_start_of_other_code_was_forgotten() {
    Document page =
        Sample.of("a.md", "```\nwords\n\n## B\n\n```java\nint i;\n```\n\nend\n").parse();

    assertThat(Sample.show(page))
        .containsExactly("CODE: words", "HEADING 2: B", "CODE: int i;", "PARAGRAPH: end");
  }

  @Test
  void closed_fence_keeps_what_looks_like_headings() {
    Document page = Sample.of("a.md", "```\na\n\n## b\n\n# c\n\nd\n```\n\nend\n").parse();

    assertThat(Sample.show(page)).containsExactly("CODE: a\n\n## b\n\n# c\n\nd", "PARAGRAPH: end");
  }

  @Test
  void comments_do_not_end_a_fence() {
    Document page = Sample.of("a.md", "```sh\nmake\n# then\nmake install\n\n# why\nrm x\n").parse();

    assertThat(Sample.show(page))
        .containsExactly("CODE: make\n# then\nmake install\n\n# why\nrm x");
  }

  @Test
  void longer_fence_may_hold_a_shorter_one() {
    Document page = Sample.of("a.md", "````\n## a\n\n```java\nint i;\n```\n````\n").parse();

    assertThat(Sample.show(page)).containsExactly("CODE: ## a\n\n```java\nint i;\n```");
  }

  @Test
  void twenty_thousand_forgotten_fences_are_read() {
    Document page = Sample.of("a.md", "```x\n\n## h\n\n".repeat(20_000)).parse();

    assertThat(page.blocks()).hasSize(8 + 1);
  }

  @Test
  void twenty_thousand_nested_quotes_are_read() {
    Document page = Sample.of("a.md", "> ".repeat(20_000) + "deep\n").parse();

    assertThat(page.text()).endsWith("deep\n");
    assertThat(page.blocks()).hasSize(1);
  }
}
