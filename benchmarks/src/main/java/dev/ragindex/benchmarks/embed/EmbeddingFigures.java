package dev.ragindex.benchmarks.embed;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.ragindex.embedder.onnx.OnnxEmbedder;
import dev.ragindex.tokens.WordPieceTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.LongStream;

/**
 * Prints how fast MiniLM embeds on this machine: beside LangChain4j's in-process model on texts
 * that both embed whole, and beside the best bare loop over ONNX Runtime; and what batcher and
 * caches take of a run.
 */
public final class EmbeddingFigures {

  private static final String MODEL = "all-minilm-l6-v2-q";

  /** LangChain4j's tokenizer cuts off what is beyond. */
  private static final int WHOLE_IN_BOTH = 126;

  private static final int LONG = 250;
  private static final int SPECIAL_TOKENS = 2;

  /** The best bare loop is found with a third of the rounds, and then has to run again. */
  private static final int HEATS = 3;

  private static final int DOCUMENTS_A_TEXT = 50;
  private static final double GOAL_LANGCHAIN4J = 1.5;
  private static final double GOAL_BARE = 0.95;
  private static final double EQUAL = 1e-4;

  private final int rounds;
  private final int texts;
  private final PrintStream out;
  private final int processors = Runtime.getRuntime().availableProcessors();

  EmbeddingFigures(int rounds, int texts, PrintStream out) {
    this.rounds = rounds;
    this.texts = texts;
    this.out = out;
  }

  /**
   * Takes and prints the figures.
   *
   * @param arguments number of rounds, 15 if not said, and of texts a round, 64 if not said
   * @throws IOException if there is no room for temporary files
   */
  public static void main(String[] arguments) throws IOException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 15;
    int texts = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 64;
    new EmbeddingFigures(rounds, texts, new PrintStream(System.out, true, StandardCharsets.UTF_8))
        .print();
  }

  void print() throws IOException {
    out.printf(
        Locale.ROOT,
        "%s, Java %d, %s, %d processors; %s, %d texts a round, %d rounds in turn.%n",
        LocalDate.now(ZoneOffset.UTC),
        Runtime.version().feature(),
        System.getProperty("os.arch"),
        processors,
        MODEL,
        texts,
        rounds);
    try (OnnxEmbedder embedder = OnnxEmbedder.miniLm();
        AtOnce threads = new AtOnce(processors)) {
      besideLangChain4j(embedder, threads);
      besideBareLoops(embedder, threads);
    }
    new CpuShareFigure(DOCUMENTS_A_TEXT * texts, out).print();
  }

  private void besideLangChain4j(OnnxEmbedder embedder, AtOnce threads) {
    List<String> passages = Passages.of(texts, WHOLE_IN_BOTH, embedder.tokenCounter());
    EmbeddingModel model = new AllMiniLmL6V2QuantizedEmbeddingModel();
    List<TextSegment> segments = passages.stream().map(TextSegment::from).toList();
    Contender ours = ours(embedder, threads, passages);
    Contender theirs =
        new Contender("LangChain4j, all texts in a call", () -> model.embedAll(segments));

    Race race = Race.run(List.of(ours, theirs), rounds, texts * WHOLE_IN_BOTH);

    table("%d tokens a text".formatted(WHOLE_IN_BOTH), race, ours, List.of(theirs));
    goal(race, ours, theirs, GOAL_LANGCHAIN4J);
    double difference = largestDifference(embedder, model, passages);
    out.printf(
        Locale.ROOT,
        "Largest difference between two values of the vectors: %.1e (goal ≤ %.0e: %s).%n",
        difference,
        EQUAL,
        difference <= EQUAL ? "met" : "missed");
  }

  private void besideBareLoops(OnnxEmbedder embedder, AtOnce threads) {
    List<String> passages = Passages.of(texts, LONG, embedder.tokenCounter());
    long[] ids = ids(passages);
    Contender ours = ours(embedder, threads, passages);
    List<BareLoop> loops = new ArrayList<>();
    List<Contender> bare = new ArrayList<>();
    try (AtOnce one = new AtOnce(1)) {
      for (int batch : new int[] {1, 2, 4, 8}) {
        loops.add(BareLoop.open(MODEL + ".onnx", 1, ids, LONG + SPECIAL_TOKENS, batch));
        bare.add(bare(loops.getLast(), threads, "%d runs of %d".formatted(processors, batch)));
        loops.add(BareLoop.open(MODEL + ".onnx", processors, ids, LONG + SPECIAL_TOKENS, batch));
        bare.add(
            bare(loops.getLast(), one, "1 run of %d, %d threads".formatted(batch, processors)));
      }
      Race heats = Race.run(bare, Math.max(1, rounds / HEATS), texts * LONG);
      Contender best = heats.fastest(bare);
      table("%d tokens a text: which bare loop is best".formatted(LONG), heats, best, bare);

      Race race = Race.run(List.of(ours, best), 2 * rounds, texts * LONG);
      table("%d tokens a text".formatted(LONG), race, ours, List.of(best));
      goal(race, ours, best, GOAL_BARE);
    } finally {
      loops.forEach(BareLoop::close);
    }
  }

  private static Contender ours(OnnxEmbedder embedder, AtOnce threads, List<String> passages) {
    return new Contender(
        "OnnxEmbedder",
        () -> threads.forEach(passages.size(), i -> embed(embedder, passages.get(i))));
  }

  private static float[] embed(OnnxEmbedder embedder, String passage) {
    return embedder.embed(List.of(passage)).getFirst();
  }

  private static Contender bare(BareLoop loop, AtOnce threads, String how) {
    return new Contender("ONNX Runtime, " + how, () -> threads.forEach(loop.runs(), loop::run));
  }

  private static long[] ids(List<String> passages) {
    try (InputStream in =
        EmbeddingFigures.class.getClassLoader().getResourceAsStream(MODEL + "-tokenizer.json")) {
      WordPieceTokenizer tokenizer = WordPieceTokenizer.read(Objects.requireNonNull(in));
      return passages.stream()
          .map(tokenizer::encode)
          .flatMapToLong(ids -> LongStream.range(0, ids.length).map(i -> ids[(int) i]))
          .toArray();
    } catch (IOException e) {
      throw new IllegalStateException("cannot read the tokenizer", e);
    }
  }

  private static double largestDifference(
      OnnxEmbedder embedder, EmbeddingModel model, List<String> passages) {
    double largest = 0;
    for (String passage : passages) {
      float[] ours = embed(embedder, passage);
      float[] theirs = model.embed(passage).content().vector();
      for (int i = 0; i < ours.length; i++) {
        largest = Math.max(largest, Math.abs(ours[i] - theirs[i]));
      }
    }
    return largest;
  }

  private void table(String title, Race race, Contender first, List<Contender> others) {
    out.printf("%n### %s%n%n| | tokens/s, median | slowest–fastest | first : it |%n", title);
    out.println("|---|---|---|---|");
    row(race, first, first);
    others.stream().filter(other -> !other.equals(first)).forEach(other -> row(race, first, other));
  }

  private void row(Race race, Contender first, Contender it) {
    double[] range = race.range(it);
    out.printf(
        Locale.ROOT,
        "| %s | %,.0f | %,.0f–%,.0f | %.2f |%n",
        it.name(),
        race.median(it),
        range[0],
        range[1],
        race.ratio(first, it));
  }

  private void goal(Race race, Contender ours, Contender other, double goal) {
    double ratio = race.ratio(ours, other);
    double[] bounds = race.bounds(ours, other);
    out.printf(
        Locale.ROOT,
        "%nGoal: ≥ %.2f times the %s: %.2f (95 %% confidence: %.2f–%.2f), %s.%n",
        goal,
        goal < 1 ? "best bare loop" : "competitor",
        ratio,
        bounds[0],
        bounds[1],
        ratio >= goal ? "met" : "missed");
  }
}
