package dev.ragindex.benchmarks.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.ragindex.api.Chunk;
import dev.ragindex.api.Document;
import dev.ragindex.api.DocumentParser;
import dev.ragindex.api.TokenCounter;
import dev.ragindex.core.chunk.ChunkLimits;
import dev.ragindex.core.chunk.Chunkers;
import dev.ragindex.core.chunk.Packing;
import dev.ragindex.embedder.onnx.OnnxEmbedder;
import dev.ragindex.parsers.TikaParser;
import dev.ragindex.tokens.BytePairCounter;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No chunk exceeds its limit as the tokenizers count that others have written: jtokkit and the one
 * of Hugging Face. {@code -Dseed=N} repeats a failed run.
 */
class OracleLimitTest {

  private static final long SEED = Long.getLong("seed", 11);
  private static final String TOKENIZER = "/all-minilm-l6-v2-q-tokenizer.json";
  private static final String[] PIECES = {
    "word",
    "Antidisestablishmentarianism",
    " ",
    "  ",
    "\n",
    "\n\n",
    "```\n",
    "# ",
    "- ",
    "| ",
    ". ",
    "...",
    "!?",
    ", ",
    "\u3002",
    "\u6F22\u5B57",
    "\u0E2A\u0E27\u0E31\u0E2A\u0E14\u0E35",
    "\u0915\u094D\u0937",
    "\u0645\u0631\u062D\u0628\u0627",
    "e\u0301",
    "\uD83D\uDC69\u200D\uD83D\uDE80",
    "\uD83C\uDDE9\uD83C\uDDEA",
    "0123456789",
    "aGVsbG8gd29ybGQ",
    "x=f(a,b);",
    "\u200B",
    "\uFEFF",
    "\u2028",
    "\t"
  };

  @Test
  void word_pieces() throws IOException {
    try (OnnxEmbedder embedder = OnnxEmbedder.miniLm();
        InputStream json =
            Objects.requireNonNull(OracleLimitTest.class.getResourceAsStream(TOKENIZER));
        HuggingFaceTokenizer oracle =
            HuggingFaceTokenizer.newInstance(
                json, Map.of("truncation", "false", "padding", "false"))) {
      int special = oracle.encode("").getIds().length;
      assertWithinLimits(
          embedder.tokenCounter(), text -> oracle.encode(text).getIds().length - special);
    }
  }

  @Test
  void byte_pairs() {
    Encoding oracle = Encodings.newDefaultEncodingRegistry().getEncoding(EncodingType.CL100K_BASE);

    assertWithinLimits(BytePairCounter.cl100k(), oracle::countTokensOrdinary);
  }

  private static void assertWithinLimits(TokenCounter counter, ToIntFunction<String> oracle) {
    List<Document> documents = documents();
    for (ChunkLimits limits : limits()) {
      for (String strategy : List.of("fixed", "recursive", "sentence", "structure")) {
        for (Document document : documents) {
          for (Chunk chunk : Chunkers.named(strategy, counter, limits).chunk(document)) {
            assertThat(oracle.applyAsInt(chunk.text()))
                .as("%s %s seed %d", strategy, limits, SEED)
                .isBetween(0, limits.coreTokens());
            assertThat(oracle.applyAsInt(chunk.overlap()))
                .as("overlap, %s %s seed %d", strategy, limits, SEED)
                .isLessThanOrEqualTo(limits.overlapTokens());
          }
        }
      }
    }
  }

  private static List<ChunkLimits> limits() {
    return List.of(
        ChunkLimits.of(16),
        ChunkLimits.of(64, 12),
        ChunkLimits.of(190),
        ChunkLimits.of(190).withPacking(Packing.GREEDY));
  }

  private static List<Document> documents() {
    DocumentParser parser = TikaParser.create();
    Random random = new Random(SEED);
    List<Document> documents = new ArrayList<>();
    Stream.generate(() -> noise(random))
        .limit(12)
        .map(text -> parser.parse(new MarkdownFile("noise.md", text)))
        .forEach(documents::add);
    documents.add(parser.parse(new MarkdownFile("prose.md", Texts.markdown(SEED))));
    documents.add(parser.parse(new MarkdownFile("letters.md", "a".repeat(5_000))));
    return documents;
  }

  private static String noise(Random random) {
    StringBuilder text = new StringBuilder("Start ");
    for (int i = 0; i < 1_500; i++) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }
}
