package dev.ragindex.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragindex.api.Chunk;
import dev.ragindex.api.Chunker;
import dev.ragindex.api.TokenCounter;
import dev.ragindex.core.embed.HashingEmbedder;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Text without the structure one hopes for: the work stays in proportion to its length. */
class HostileShapesTest {

  private static final int LENGTH = 1 << 17;
  private static final ChunkLimits LIMITS = ChunkLimits.of(190, 20);

  record Shape(String name, String text) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Arguments> shapesAndChunkers() {
    return shapes()
        .flatMap(
            shape ->
                Stream.of("fixed", "recursive", "sentence", "structure", "CLUSTER", "PERCENTILE")
                    .map(name -> Arguments.of(shape, name)));
  }

  private static Stream<Shape> shapes() {
    byte[] bytes = new byte[LENGTH];
    new Random(1).nextBytes(bytes);
    return Stream.of(
        new Shape("one line", fill("some words and more words without an end ")),
        new Shape("letters", fill("a")),
        new Shape("spaces", "x" + fill(" ") + "x"),
        new Shape("newlines", "x" + fill("\n") + "x"),
        new Shape("CR LF", "x" + fill("\r\n") + "x"),
        new Shape("dots", fill(".")),
        new Shape("spaced dots", fill(". ")),
        new Shape("closing brackets", fill(".)")),
        new Shape("base64", Base64.getEncoder().encodeToString(bytes).substring(0, LENGTH)),
        new Shape("minified", fill("function a(b,c){return b?c(1):{x:2.5};}")),
        new Shape("flags", fill("\uD83C\uDDE9\uD83C\uDDEA")),
        new Shape("marks", "e" + fill("\u0301")),
        new Shape("ideographs", fill("\u6F22\u5B57")));
  }

  private static String fill(String pattern) {
    return pattern.repeat(LENGTH / pattern.length());
  }

  @ParameterizedTest
  @MethodSource("shapesAndChunkers")
  void work_is_linear(Shape shape, String name) {
    MeteredCounter meter = new MeteredCounter();
    Chunker chunker = chunker(name, meter);

    List<Chunk> chunks = chunker.chunk(Texts.plain(shape.text()));

    assertThat(chunks.getLast().end()).isEqualTo(shape.text().length());
    assertThat(chunks).allMatch(chunk -> chunk.text().length() <= 170 * 16);
    assertThat(meter.characters).as("characters counted").isLessThan(10L * shape.text().length());
  }

  private static Chunker chunker(String name, TokenCounter counter) {
    return switch (name) {
      case "CLUSTER", "PERCENTILE" ->
          Chunkers.semantic(
              HashingEmbedder.create(), counter, LIMITS, SemanticMethod.valueOf(name));
      default -> Chunkers.named(name, counter, LIMITS);
    };
  }

  @Test
  void blank_text_has_no_chunks() {
    Chunker chunker = Chunkers.recursive(WordCounter.ADDITIVE, LIMITS);

    assertThat(chunker.chunk(Texts.plain(""))).isEmpty();
    assertThat(chunker.chunk(Texts.plain(fill(" \n\t\u3000")))).isEmpty();
  }

  /** Counts how much it is asked to count. */
  private static final class MeteredCounter implements TokenCounter {
    private long characters;

    @Override
    public String name() {
      return "metered";
    }

    @Override
    public int count(CharSequence text, int start, int end) {
      characters += end - start;
      return WordCounter.ADDITIVE.count(text, start, end);
    }
  }
}
