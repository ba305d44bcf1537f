package dev.ragindex.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragindex.api.Chunk;
import dev.ragindex.api.Chunker;
import dev.ragindex.api.Document;
import dev.ragindex.api.TokenCounter;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkersTest {

  private static final TokenCounter WORDS = WordCounter.ADDITIVE;

  @ParameterizedTest
  @ValueSource(strings = {"fixed", "recursive", "sentence", "structure"})
  void chunkers_are_found_by_the_name_in_their_signature(String name) {
    Chunker chunker = Chunkers.named(name, WORDS, ChunkLimits.of(100));

    assertThat(chunker.signature().name()).isEqualTo(name);
    assertThat(chunker.signature().settings()).containsEntry("max", "100");
  }

  @Test
  void an_unknown_name_is_refused_with_the_known_ones() {
    assertThatThrownBy(() -> Chunkers.named("clever", WORDS, ChunkLimits.of(100)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "no chunker is called 'clever', there are [fixed, recursive, sentence, structure]");
  }

  @Test
  void fixed_fills_every_chunk_but_the_last() {
    List<Chunk> chunks = Chunkers.fixed(WORDS, ChunkLimits.of(25, 5)).chunk(Texts.numbered(40));

    assertThat(chunks.subList(0, chunks.size() - 1))
        .allMatch(chunk -> WORDS.count(chunk.text()) >= 19)
        .allMatch(chunk -> WORDS.count(chunk.text()) <= 20);
    assertThat(chunks.subList(1, chunks.size()))
        .allMatch(chunk -> WORDS.count(chunk.overlap()) >= 4);
  }

  @Test
  void fixed_leaves_no_room_for_another_word() {
    Document document = Texts.layOut(Texts.parts(new Random(7), 40));
    String text = document.text();
    List<Chunk> chunks = Chunkers.fixed(WORDS, ChunkLimits.of(55)).chunk(document);

    assertThat(chunks.subList(0, chunks.size() - 1))
        .hasSizeGreaterThan(10)
        .allSatisfy(
            chunk -> {
              int wordEnd = Grain.WORD.next(text, chunk.end(), text.length());
              assertThat(WORDS.count(text, chunk.start(), wordEnd)).isGreaterThan(55);
            });
  }

  @Test
  void sentence_never_cuts_a_sentence_that_fits() {
    List<Chunk> chunks = Chunkers.sentence(WORDS, ChunkLimits.of(25)).chunk(Texts.numbered(40));

    assertThat(chunks)
        .hasSizeGreaterThan(10)
        .allMatch(chunk -> chunk.text().startsWith("Sentence number"));
  }

  @Test
  void sentence_puts_any_sentences_together_where_recursive_ends_a_paragraph() {
    String text = "One two three. Four five six.\n\nSeven eight nine. Ten eleven twelve.";
    ChunkLimits limits = ChunkLimits.of(14).withMinTokens(2).withPacking(Packing.GREEDY);

    assertThat(Chunkers.sentence(WORDS, limits).chunk(Texts.plain(text)))
        .extracting(Chunk::end)
        .containsExactly(49, text.length());
    assertThat(Chunkers.recursive(WORDS, limits).chunk(Texts.plain(text)))
        .extracting(Chunk::end)
        .containsExactly(31, text.length());
  }

  /** Changed output under an unchanged version is a bug: raise the version with these numbers. */
  @Test
  void golden_output_of_the_version() {
    Chunker fixed = Chunkers.fixed(WORDS, ChunkLimits.of(55));
    Chunker sentence = Chunkers.sentence(WORDS, ChunkLimits.of(60));

    assertThat(fixed.signature().version()).isEqualTo(2);
    assertThat(fixed.chunk(Texts.numbered(40)))
        .extracting(Chunk::end)
        .containsExactly(250, 490, 747, 998, 1257, 1506, 1765, 1838);
    assertThat(sentence.signature().version()).isEqualTo(2);
    assertThat(sentence.chunk(Texts.numbered(40)))
        .extracting(Chunk::end)
        .containsExactly(270, 407, 544, 822, 1052, 1238, 1514, 1654, 1838);
  }
}
