package dev.ragindex.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.stream.LongStream;

/** The reference: the Rust tokenizer of Hugging Face by way of DJL, and ours, on the same file. */
record Oracle(HuggingFaceTokenizer reference, WordPieceTokenizer ours) implements AutoCloseable {

  static Oracle of(byte[] tokenizerJson) {
    try {
      return new Oracle(
          HuggingFaceTokenizer.newInstance(
              new ByteArrayInputStream(tokenizerJson),
              Map.of("truncation", "false", "padding", "false")),
          WordPieceTokenizer.read(new ByteArrayInputStream(tokenizerJson)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] resource(String name) {
    try (var in = Oracle.class.getResourceAsStream("/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asserts that ids and counts are those of the reference. */
  void agreesOn(String text) {
    int[] wanted = wanted(text);

    assertThat(ours.encode(text)).as(text).isEqualTo(wanted);
    assertThat(ours.counter().count(text)).as(text).isEqualTo(wanted.length - ours.specialTokens());
  }

  int[] wanted(String text) {
    return LongStream.of(reference.encode(text).getIds()).mapToInt(Math::toIntExact).toArray();
  }

  @Override
  public void close() {
    reference.close();
  }
}
