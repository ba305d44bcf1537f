package dev.ragindex.parsers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragindex.api.Document;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextReaderTest {

  @Test
  void text_is_the_file_itself_and_blank_lines_separate_paragraphs() {
    String file = "\n  one\ntwo  \n \n\nthree\n";

    Document text = Sample.of("a.txt", file).parse();

    assertThat(text.text()).isEqualTo(file);
    assertThat(text.indexedEnd()).isEqualTo(file.length());
    assertThat(Sample.show(text)).containsExactly("PARAGRAPH: one\ntwo", "PARAGRAPH: three");
  }

  @Test
  void only_line_ends_mark_and_unstorable_characters_change() {
    Document text = Sample.of("a.txt", "\uFEFFa\r\nb\rc\u0000d, and some more text").parse();

    assertThat(text.text()).isEqualTo("a\nb\nc\uFFFDd, and some more text");
  }

  @Test
  void underlined_titles_are_headings_by_order_of_appearance() {
    Document text = Sample.resource("guide.rst").parse();

    assertThat(text.title()).isEqualTo("The Guide");
    assertThat(Sample.show(text))
        .containsExactly(
            "HEADING 1: The Guide",
            "PARAGRAPH: Welcome.",
            "HEADING 2: First part",
            "PARAGRAPH: Some words\nin two lines.",
            "HEADING 3: Detail",
            "PARAGRAPH: - a list\n- that goes on",
            "HEADING 2: Second part",
            "PARAGRAPH: not\na title\n-------",
            "PARAGRAPH: too long for its line\n---",
            "PARAGRAPH: indented\n  --------",
            "PARAGRAPH: ----------\n$ fenced\n----------");
  }

  @Test
  void seventh_style_of_title_stays_on_the_last_level() {
    String file = "aa\n==\n\nbb\n--\n\ncc\n~~\n\ndd\n^^\n\nee\n++\n\nff\n##\n\ngg\n**\n\nhh\n==\n";

    assertThat(Sample.show(Sample.of("a.txt", file).parse()))
        .endsWith("HEADING 6: ff", "HEADING 6: gg", "HEADING 1: hh");
  }

  @ParameterizedTest
  @ValueSource(strings = {"A.java", "a.py", "a.json", "a.xml", "a.sh", "a.sql", "a.css"})
  void source_code_is_code_with_its_indentation(String name) {
    String file = "  first {\n    second }\n\n  third\n";

    Document code = Sample.of(name, file).parse();

    assertThat(code.text()).isEqualTo(file);
    assertThat(Sample.show(code)).containsExactly("CODE:   first {\n    second }", "CODE:   third");
  }

  @ParameterizedTest
  @CsvSource({
    "windows-1252, Die Größe der Tür beträgt fünf Fuß und sie gehört Müller",
    "Shift_JIS, 私は毎日図書館で本を読みます。そして友達と話します。",
    "UTF-16LE, Plain words without a mark",
    "UTF-16BE, Plain words without a mark",
    "UTF-16LE, Простые слова без метки",
    "UTF-8, Größe – 図書館 – слова",
    "windows-1251, Простые русские слова без всякой метки в начале файла",
  })
  void encoding_is_found_without_a_mark(String charset, String words) {
    Document text = new Sample("a.txt", words.getBytes(Charset.forName(charset))).parse();

    assertThat(text.text()).isEqualTo(words);
    assertThat(text.warnings()).isEmpty();
  }

  @Test
  void few_damaged_bytes_in_utf_8_are_replaced_with_a_warning() {
    byte[] bytes = "Überall Größe, Äpfel, Öl, Füße, Münze: ?".getBytes(StandardCharsets.UTF_8);
    bytes[bytes.length - 1] = (byte) 0xC3;

    Document text = new Sample("a.txt", bytes).parse();

    assertThat(text.text()).isEqualTo("Überall Größe, Äpfel, Öl, Füße, Münze: \uFFFD");
    assertThat(text.warnings()).containsExactly("recovered: 1 characters could not be decoded");
  }

  @ParameterizedTest
  @ValueSource(strings = {"From: a\nSubject: b\nDate: c\n\nd\n", "function [x] = y\n% z\n\nd\n"})
  void file_named_txt_is_text_whatever_it_looks_like(String file) {
    Document text = Sample.of("a.txt", file).parse();

    assertThat(text.mediaType()).isEqualTo("text/plain");
    assertThat(text.text()).isEqualTo(file);
    assertThat(Sample.show(text)).endsWith("PARAGRAPH: d");
  }

  @Test
  void one_line_of_millions_of_characters_is_one_block() {
    String line = "word ".repeat(1_000_000).strip();

    Document text = Sample.of("a.txt", line).parse();

    assertThat(text.blocks()).hasSize(1);
    assertThat(text.text()).isEqualTo(line);
  }
}
