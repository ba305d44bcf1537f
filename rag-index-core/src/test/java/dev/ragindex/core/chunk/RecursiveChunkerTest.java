package dev.ragindex.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragindex.api.Block;
import dev.ragindex.api.Chunk;
import dev.ragindex.api.Chunker;
import dev.ragindex.api.Document;
import dev.ragindex.api.TokenCounter;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecursiveChunkerTest {

  private static final TokenCounter WORDS = WordCounter.ADDITIVE;

  @Test
  void what_fits_is_one_chunk_with_all_its_text() {
    Document document = Texts.plain("\n  Short text.\n\nWith two paragraphs.\n");

    assertThat(Chunkers.recursive(WORDS, ChunkLimits.of(50)).chunk(document))
        .extracting(Chunk::text)
        .containsExactly(document.text());
  }

  @Test
  void sections_are_kept_apart_once_they_reach_the_minimum() {
    Document document = handbook();

    List<Chunk> chunks = Chunkers.recursive(WORDS, ChunkLimits.of(24)).chunk(document);

    assertThat(chunks)
        .extracting(chunk -> chunk.text().lines().findFirst().orElseThrow())
        .containsExactly("Handbook", "Sickness", "Money");
  }

  @Test
  void headings_hold_the_whole_path_and_context_what_the_text_lacks() {
    List<Chunk> chunks = Chunkers.recursive(WORDS, ChunkLimits.of(24)).chunk(handbook());

    assertThat(chunks)
        .extracting(Chunk::headings)
        .containsExactly(
            List.of("Handbook", "Leave"), List.of("Handbook", "Sickness"), List.of("Money"));
    assertThat(chunks)
        .extracting(Chunk::context)
        .containsExactly(List.of(), List.of("Handbook"), List.of());
    assertThat(chunks).extracting(Chunk::page).containsExactly(1, 2, 2);
  }

  @Test
  void a_chunk_within_a_section_stands_under_its_headings() {
    List<Chunk> chunks =
        Chunkers.recursive(WORDS, ChunkLimits.of(12).withMinTokens(3)).chunk(handbook());

    Chunk inside =
        chunks.stream().filter(c -> c.text().startsWith("Carry over")).findFirst().orElseThrow();
    assertThat(inside.headings()).containsExactly("Handbook", "Leave");
    assertThat(inside.context()).isEqualTo(inside.headings());
  }

  @Test
  void a_heading_without_text_ends_sections_but_names_none() {
    Document document =
        new DocumentText()
            .add(Block.Kind.HEADING, 1, "Handbook")
            .add(Block.Kind.HEADING, 2, "Leave")
            .add(Block.Kind.HEADING, 2, " ")
            .add(Block.Kind.PARAGRAPH, "Everyone has thirty days of leave.")
            .document();

    List<Chunk> chunks =
        Chunkers.recursive(WORDS, ChunkLimits.of(9).withMinTokens(2)).chunk(document);

    assertThat(chunks)
        .extracting(Chunk::headings)
        .containsExactly(List.of("Handbook", "Leave"), List.of("Handbook"));
  }

  @Test
  void a_heading_stays_with_its_text() {
    for (int max = 12; max < 60; max++) {
      assertThat(Chunkers.recursive(WORDS, ChunkLimits.of(max)).chunk(handbook()))
          .noneMatch(chunk -> chunk.text().strip().endsWith("Leave"))
          .noneMatch(chunk -> chunk.text().strip().endsWith("Sickness"));
    }
  }

  @Test
  void overlap_repeats_whole_sentences_where_they_fit() {
    Document document =
        Texts.plain("One two three four. Five six seven. Eight nine ten eleven. Twelve thirteen.");

    List<Chunk> chunks =
        Chunkers.recursive(WORDS, ChunkLimits.of(14, 5).withPacking(Packing.GREEDY))
            .chunk(document);

    assertThat(chunks)
        .extracting(chunk -> chunk.overlap() + "[" + chunk.text() + "]")
        .containsExactly(
            "[One two three four. Five six seven. ]",
            "Five six seven. [Eight nine ten eleven. Twelve thirteen.]");
  }

  @Test
  void overlap_repeats_words_where_no_sentence_fits() {
    Document document = Texts.plain("One two three four five six seven. Eight nine ten eleven.");

    List<Chunk> chunks = Chunkers.recursive(WORDS, ChunkLimits.of(11, 3)).chunk(document);

    assertThat(chunks).extracting(Chunk::overlap).containsExactly("", "six seven. ");
  }

  @Test
  void signature_names_all_that_decides_the_output() {
    Chunker chunker = Chunkers.recursive(WORDS, ChunkLimits.of(100, 20));

    assertThat(chunker.signature().name()).isEqualTo("recursive");
    assertThat(chunker.signature().settings())
        .containsOnlyKeys("counter", "max", "min", "overlap", "packing")
        .containsEntry("max", "100")
        .containsEntry("packing", "STABLE");
  }

  /** Changed output under an unchanged version is a bug: raise the version with these numbers. */
  @Test
  void golden_output_of_the_version() {
    Document document = Texts.numbered(40);

    Chunker stable = Chunkers.recursive(WORDS, ChunkLimits.of(60));
    Chunker greedy = Chunkers.recursive(WORDS, ChunkLimits.of(60).withPacking(Packing.GREEDY));

    assertThat(stable.signature().version()).isEqualTo(2);
    assertThat(stable.chunk(document))
        .extracting(Chunk::end)
        .containsExactly(270, 407, 544, 822, 1052, 1238, 1514, 1654, 1838);
    assertThat(greedy.chunk(document))
        .extracting(Chunk::end)
        .containsExactly(270, 407, 682, 822, 1098, 1238, 1514, 1654, 1838);
  }

  private static Document handbook() {
    return new DocumentText()
        .page(1)
        .add(Block.Kind.HEADING, 1, "Handbook")
        .add(Block.Kind.HEADING, 2, "Leave")
        .add(Block.Kind.PARAGRAPH, "Everyone has thirty days of leave.")
        .add(Block.Kind.PARAGRAPH, "Carry over is possible until March.")
        .page(2)
        .add(Block.Kind.HEADING, 2, "Sickness")
        .add(Block.Kind.PARAGRAPH, "Tell your manager on the first day.")
        .add(Block.Kind.HEADING, 1, "Money")
        .add(Block.Kind.PARAGRAPH, "Salaries are paid at the end of the month.")
        .document();
  }
}
