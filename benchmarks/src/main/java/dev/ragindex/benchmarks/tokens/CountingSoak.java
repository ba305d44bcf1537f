package dev.ragindex.benchmarks.tokens;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.knuddels.jtokkit.api.Encoding;
import dev.ragindex.api.CountedText;
import dev.ragindex.api.TokenCounter;
import dev.ragindex.tokens.WordPieceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.ToIntFunction;

/**
 * Compares our counters with jtokkit and Hugging Face's on much text: passages of each {@link
 * TextKind}, every other one damaged here and there. Prints what it compared, and fails at the
 * first difference with the text that shows it.
 */
public final class CountingSoak {

  private static final int LONGEST_PASSAGE = 20_000;
  private static final String[] DAMAGE = {
    " ",
    "  ",
    "\n",
    "\r\n",
    "\t",
    "'",
    "'s",
    "'LL",
    "\u017F",
    "/",
    "7",
    "\u0301",
    "\u200D",
    "\u4E2D",
    "\u3000",
    "\uD83D\uDE00",
    "\uD801\uDC00",
    "-------",
    "A",
    "\u01C5",
    "\u0E33"
  };

  private static final String WORD_PIECE = "/all-minilm-l6-v2-q-tokenizer.json";

  private final Random random;

  private CountingSoak(Random random) {
    this.random = random;
  }

  /**
   * Runs.
   *
   * @param args millions of bytes to compare for each tokenizer, and a seed
   */
  public static void main(String[] args) {
    long wanted = Long.parseLong(args[0]) * 1_000_000;
    long seed = args.length > 1 ? Long.parseLong(args[1]) : System.nanoTime();
    System.out.println("seed " + seed);
    for (BytePairBenchmark.Tokenizer tokenizer : BytePairBenchmark.Tokenizer.values()) {
      Encoding theirs = tokenizer.theirs();
      new CountingSoak(new Random(seed)).run(tokenizer.ours(), theirs::countTokensOrdinary, wanted);
    }
    byte[] file = tokenizerFile();
    try (HuggingFaceTokenizer theirs = huggingFace(file)) {
      WordPieceTokenizer ours = WordPieceTokenizer.read(new ByteArrayInputStream(file));
      new CountingSoak(new Random(seed))
          .run(
              ours.counter(),
              passage -> theirs.encode(passage).getIds().length - ours.specialTokens(),
              wanted);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] tokenizerFile() {
    try (InputStream in = CountingSoak.class.getResourceAsStream(WORD_PIECE)) {
      return Objects.requireNonNull(in, WORD_PIECE).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HuggingFaceTokenizer huggingFace(byte[] file) throws IOException {
    return HuggingFaceTokenizer.newInstance(
        new ByteArrayInputStream(file), Map.of("truncation", "false", "padding", "false"));
  }

  private void run(TokenCounter ours, ToIntFunction<String> theirs, long wanted) {
    TextKind[] kinds = TextKind.values();
    String[] texts = new String[kinds.length];
    for (int i = 0; i < kinds.length; i++) {
      texts[i] = kinds[i].text();
    }
    long bytes = 0;
    long tokens = 0;
    for (int i = 0; bytes < wanted; i++) {
      String passage = passage(texts[i % texts.length], i % 2 == 0);
      tokens += compare(passage, ours.count(passage), theirs.applyAsInt(passage));
      compareParts(passage, ours);
      bytes += passage.getBytes(StandardCharsets.UTF_8).length;
    }
    System.out.printf("%s: %,d bytes, %,d tokens, all equal%n", ours.name(), bytes, tokens);
  }

  /** A text that was counted once, against parts of it counted by themselves. */
  private void compareParts(String passage, TokenCounter ours) {
    CountedText counted = ours.counted(passage);
    int[] part = random.ints(2, 0, passage.length() + 1).sorted().toArray();
    compare(passage, counted.count(0, passage.length()), ours.count(passage));
    compare(passage, counted.count(part[0], part[1]), ours.count(passage, part[0], part[1]));
  }

  private static int compare(String passage, int ours, int theirs) {
    if (ours != theirs) {
      throw new AssertionError("%d instead of %d for: %s".formatted(ours, theirs, passage));
    }
    return ours;
  }

  private String passage(String text, boolean damaged) {
    int start = random.nextInt(text.length());
    int end = Math.min(text.length(), start + 1 + random.nextInt(LONGEST_PASSAGE));
    StringBuilder passage = new StringBuilder(text.substring(start, end));
    for (int at = 0; damaged && at < passage.length(); at += 1 + random.nextInt(200)) {
      passage.insert(at, DAMAGE[random.nextInt(DAMAGE.length)]);
    }
    return new String(passage.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
