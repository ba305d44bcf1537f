package dev.ragindex.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragindex.api.Block;
import dev.ragindex.api.Chunk;
import dev.ragindex.api.Document;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StructureChunkerTest {

  @Test
  void rows_apart_from_their_header_have_it_as_context() {
    DocumentText text = new DocumentText().add(Block.Kind.HEADING, 1, "Prices");
    text.add(Block.Kind.TABLE_HEADER, "Item | Price");
    IntStream.range(0, 12).forEach(i -> text.add(Block.Kind.TABLE_ROW, "Item " + i + " | " + i));
    text.add(Block.Kind.PARAGRAPH, "All prices are net, so taxes come on top of them as usual.");

    List<Chunk> chunks = chunk(text.document(), 20);

    assertThat(chunks).hasSizeGreaterThan(3);
    assertThat(chunks.getFirst().context()).isEmpty();
    for (Chunk chunk : chunks.subList(1, chunks.size())) {
      boolean startsInTable = chunk.text().startsWith("Item");
      assertThat(chunk.context())
          .isEqualTo(startsInTable ? List.of("Prices", "Item | Price") : List.of("Prices"));
      assertThat(chunk.headings()).containsExactly("Prices");
    }
    assertThat(chunks).anyMatch(chunk -> chunk.text().startsWith("All"));
  }

  @Test
  void a_table_without_header_does_not_take_that_of_another() {
    DocumentText text = new DocumentText().add(Block.Kind.TABLE_HEADER, "Item | Price");
    text.add(Block.Kind.TABLE_ROW, "one | 1").add(Block.Kind.PARAGRAPH, "Another table follows.");
    IntStream.range(0, 12).forEach(i -> text.add(Block.Kind.TABLE_ROW, "Row " + i + " | " + i));

    assertThat(chunk(text.document(), 20))
        .hasSizeGreaterThan(2)
        .allMatch(chunk -> chunk.context().isEmpty());
  }

  @Test
  void each_row_is_whole() {
    DocumentText text = new DocumentText();
    IntStream.range(0, 30).forEach(i -> text.add(Block.Kind.TABLE_ROW, "a, b. C | " + i));

    assertThat(chunk(text.document(), 20)).allMatch(chunk -> chunk.text().startsWith("a, b. C"));
  }

  @Test
  void short_code_is_not_cut() {
    String code = "int a() {\n\n  return 1;\n}\n\nint b() {\n  return 2;\n}";
    Document document =
        new DocumentText()
            .add(Block.Kind.PARAGRAPH, "Some words before the code that fill the chunk.")
            .add(Block.Kind.CODE, code)
            .add(Block.Kind.PARAGRAPH, "Some words after the code that fill the chunk.")
            .document();

    assertThat(chunk(document, 30)).anyMatch(chunk -> chunk.text().contains(code));
  }

  @Test
  void long_code_is_cut_at_its_top_level() {
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      code.append("int f").append(i).append("() {\n  int x = 1;\n\n  return x;\n}\n");
    }
    Document document = new DocumentText().add(Block.Kind.CODE, code.toString()).document();

    assertThat(chunk(document, 60)).allMatch(chunk -> chunk.text().startsWith("int f"));
  }

  @Test
  void a_list_stays_with_its_lead_in() {
    for (int filler = 1; filler < 12; filler++) {
      DocumentText text = new DocumentText();
      IntStream.range(0, filler)
          .forEach(i -> text.add(Block.Kind.PARAGRAPH, "One more line of filling text."));
      text.add(Block.Kind.PARAGRAPH, "You need the following:");
      IntStream.range(0, 9).forEach(i -> text.add(Block.Kind.LIST_ITEM, 1, "- thing " + i));

      assertThat(chunk(text.document(), 30))
          .noneMatch(chunk -> chunk.text().strip().endsWith("following:"));
    }
  }

  @Test
  void nested_items_stay_with_theirs() {
    DocumentText text = new DocumentText();
    for (int i = 0; i < 20; i++) {
      text.add(Block.Kind.LIST_ITEM, 1, "- outer item of the list");
      text.add(Block.Kind.LIST_ITEM, 2, "- inner item one");
      text.add(Block.Kind.LIST_ITEM, 2, "- inner item two");
    }

    assertThat(chunk(text.document(), 40)).allMatch(chunk -> chunk.text().startsWith("- outer"));
  }

  @Test
  void no_stub_is_left_before_a_heading_or_the_end() {
    Document document =
        new DocumentText()
            .add(Block.Kind.PARAGRAPH, "One two three four five six seven eight nine.")
            .add(Block.Kind.PARAGRAPH, "Two three four five six seven eight nine ten.")
            .add(Block.Kind.PARAGRAPH, "A stub.")
            .add(Block.Kind.HEADING, 1, "Heading")
            .add(Block.Kind.PARAGRAPH, "Three four five six seven eight nine ten.")
            .add(Block.Kind.PARAGRAPH, "Four five six seven eight nine ten eleven twelve.")
            .add(Block.Kind.PARAGRAPH, "A stub.")
            .document();

    List<Chunk> chunks =
        Chunkers.structure(
                WordCounter.ADDITIVE,
                ChunkLimits.of(22).withMinTokens(5).withPacking(Packing.GREEDY))
            .chunk(document);

    assertThat(chunks)
        .extracting(chunk -> chunk.text().substring(0, 5))
        .containsExactly("One t", "Two t", "Headi", "Four ");
  }

  /** Changed output under an unchanged version is a bug: raise the version with these numbers. */
  @Test
  void golden_output_of_the_version() {
    DocumentText text = new DocumentText().add(Block.Kind.HEADING, 1, "Guide");
    for (int i = 0; i < 6; i++) {
      text.add(Block.Kind.HEADING, 2, "Part " + i)
          .add(Block.Kind.PARAGRAPH, "Part " + i + " begins here. It needs this:")
          .add(Block.Kind.LIST_ITEM, 1, "- the first thing, number " + i)
          .add(Block.Kind.LIST_ITEM, 2, "- and what it needs itself")
          .add(Block.Kind.CODE, "run " + i + "\n\nstop " + i)
          .add(Block.Kind.TABLE_HEADER, "a | b")
          .add(Block.Kind.TABLE_ROW, i + " | 1")
          .add(Block.Kind.TABLE_ROW, i + " | 2");
    }

    assertThat(Strategy.STRUCTURE.version()).isEqualTo(2);
    assertThat(chunk(text.document(), 24))
        .extracting(Chunk::end)
        .containsExactly(35, 108, 144, 245, 281, 382, 418, 519, 555, 656, 692, 793, 829);
  }

  private static List<Chunk> chunk(Document document, int max) {
    return Chunkers.structure(WordCounter.ADDITIVE, ChunkLimits.of(max)).chunk(document);
  }
}
