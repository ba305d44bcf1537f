package dev.ragindex.benchmarks.chunking;

import dev.ragindex.api.Document;
import dev.ragindex.api.DocumentParser;
import dev.ragindex.api.Embedder;
import dev.ragindex.core.chunk.Packing;
import dev.ragindex.embedder.onnx.OnnxEmbedder;
import dev.ragindex.parsers.TikaParser;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Prints the figures of chunking as Markdown: what an inserted sentence and a real commit cost to
 * embed, what retrieval finds, how large chunks are, how long cutting takes, and that hostile texts
 * take linear time. All draws are seeded; only times differ from run to run.
 *
 * <pre>
 * ChunkingFigures DATA_FOLDER [MORE_DOCS_FOLDER...]
 * </pre>
 *
 * <p>The data folder holds {@code chunking-evaluation/*.md} with {@code questions.csv}, from the
 * project of that name, and {@code edit-pairs/*.before.md} with their {@code *.after.md}. Markdown
 * files of the other folders take part in inserts, sizes and times.
 */
public final class ChunkingFigures {

  private static final long SEED = 42;

  private final FigureData data;
  private final DocumentParser parser;
  private final Embedder embedder;
  private final Scale scale;
  private final PrintStream out;

  ChunkingFigures(
      FigureData data, DocumentParser parser, Embedder embedder, Scale scale, PrintStream out) {
    this.data = data;
    this.parser = parser;
    this.embedder = embedder;
    this.scale = scale;
    this.out = out;
  }

  /**
   * How much is measured.
   *
   * @param inserts number of inserted sentences
   * @param hostileCharacters length of the hostile texts
   */
  record Scale(int inserts, int hostileCharacters) {
    /** What the goals ask for. */
    static final Scale FULL = new Scale(2_000, 10_000_000);
  }

  /**
   * Reads the folders and prints all figures.
   *
   * @param folders data folder, and any others with Markdown files
   * @throws IOException if a folder cannot be read
   */
  public static void main(String[] folders) throws IOException {
    if (folders.length == 0) {
      throw new IllegalArgumentException(
          "usage: ChunkingFigures DATA_FOLDER [MORE_DOCS_FOLDER...]");
    }
    List<Path> paths = Arrays.stream(folders).map(Path::of).toList();
    DocumentParser parser = TikaParser.create();
    FigureData data = FigureData.read(paths.getFirst(), paths.subList(1, paths.size()), parser);
    try (Embedder embedder = OnnxEmbedder.miniLm()) {
      PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
      new ChunkingFigures(data, parser, embedder, Scale.FULL, out).print();
    }
  }

  /** Takes and prints one figure after the other. */
  void print() {
    conditions();
    List<Model> models = List.of(Model.of("WordPiece", embedder), Model.openAi());
    sizes(models);
    hostile(models);
    List<Model> remembering = models.stream().map(Model::remembering).toList();
    inserts(remembering);
    remembering.forEach(this::commits);
    retrieval(remembering.getFirst());
  }

  private void conditions() {
    out.printf(
        Locale.ROOT,
        "%s, Java %s, %s, %d processors. %d corpora with %d questions, %d commits, %d other"
            + " documents; %,d characters, each document once.%n%n",
        LocalDate.now(ZoneOffset.UTC),
        Runtime.version().feature(),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        data.corpora().size(),
        data.questions().size(),
        data.edits().size(),
        data.more().size(),
        data.documents().stream().mapToLong(document -> document.text().length()).sum());
  }

  /** The usual variants of all models, and smaller ones of the first, which is run here. */
  private static List<Variant> variants(List<Model> models) {
    return Stream.concat(
            models.stream().map(Variant::usual), Stream.of(Variant.smaller(models.getFirst())))
        .flatMap(List::stream)
        .toList();
  }

  private void sizes(List<Model> models) {
    List<Document> documents = data.documents();
    section(
        "Size and time",
        "%d documents, one thread, the best of three runs.".formatted(documents.size()));
    out.println(new SizeFigure(documents).table(variants(models)));
  }

  private void inserts(List<Model> models) {
    List<Document> documents = data.documents();
    List<Insert> inserts = new SentenceInserts(documents, SEED).draw(scale.inserts());
    section(
        "One sentence inserted: chunks to embed",
        ("%d inserts into %d documents, seed %d."
                + " Goal, for stable packing: mean at most 1.5, 99th percentile at most 4.")
            .formatted(inserts.size(), documents.size(), SEED));
    out.println(new InsertFigure(inserts, parser).table(variants(models)));
  }

  private void commits(Model model) {
    section(
        "Real commits: share of tokens to embed, " + model.name(),
        ("%d commits, all together."
                + " Goal, for stable packing: at most two thirds of recursive greedy's.")
            .formatted(data.edits().size()));
    Variant greedy = Variant.of("recursive", Packing.GREEDY, model, model.limits().maxTokens());
    out.println(new CommitFigure(data.edits()).table(Variant.usual(model), greedy));
  }

  private void retrieval(Model model) {
    section(
        "Retrieval",
        "%d questions, the top 5 of all corpora together; in percent."
            .formatted(data.questions().size()));
    Retrieval retrieval =
        new Retrieval(data.corpora(), data.questions(), new RememberingEmbedder(embedder));
    RetrievalFigure figure = new RetrievalFigure(retrieval, model).measure();
    out.println(figure.table());
    out.println(
        "Goals: stable against greedy of equal mean size, lower bound above -3 points (paired"
            + " bootstrap, 10,000 resamples); structure at least recursive.\n");
    out.println(figure.comparisons());
  }

  private void hostile(List<Model> models) {
    section("Hostile shapes", "One cold run each. Goal: twice the text, at most 3 times as long.");
    List<Variant> variants =
        models.stream()
            .map(m -> Variant.of("recursive", Packing.STABLE, m, m.limits().maxTokens()))
            .toList();
    out.println(new HostileFigure(scale.hostileCharacters()).table(variants));
  }

  private void section(String title, String conditions) {
    out.println("## " + title + "\n\n" + conditions + "\n");
  }
}
