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
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Prints the figures of chunking as Markdown: how large chunks are, how long cutting takes, that
 * hostile texts take linear time, what an inserted sentence and a real commit cost to embed, and
 * what retrieval finds. All draws are seeded; only times differ from run to run.
 *
 * <pre>
 * ChunkingFigures DATA_FOLDER [MORE_DOCS_FOLDER...]
 * </pre>
 *
 * <p>The data folder holds {@code chunking-evaluation/*.md} with {@code questions.csv}, from the
 * project of that name, and {@code edit-pairs/*.before.md} with their {@code *.after.md}. Markdown
 * files of the other folders take part in sizes, times and inserts.
 */
public final class ChunkingFigures {

  private static final long SEED = 42;

  private final FigureData data;
  private final DocumentParser parser;
  private final Embedder embedder;
  private final Scale scale;
  private final FigurePrinter printer;

  ChunkingFigures(
      FigureData data,
      DocumentParser parser,
      Embedder embedder,
      Scale scale,
      FigurePrinter printer) {
    this.data = data;
    this.parser = parser;
    this.embedder = new RememberingEmbedder(embedder);
    this.scale = scale;
    this.printer = printer;
  }

  /**
   * How much is measured.
   *
   * @param inserts number of inserted sentences
   * @param semanticInserts the same for semantic chunkers
   * @param hostileCharacters length of the hostile texts
   */
  record Scale(int inserts, int semanticInserts, int hostileCharacters) {
    /** What the goals ask for. */
    static final Scale FULL = new Scale(2_000, 200, 10_000_000);
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
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (Embedder embedder = OnnxEmbedder.miniLm()) {
      new ChunkingFigures(data, parser, embedder, Scale.FULL, new FigurePrinter(out)).print();
    }
  }

  /** Takes and prints one figure after the other. */
  void print() {
    Model local = Model.of("WordPiece", embedder);
    Model remote = Model.openAi();
    printer.conditions(data);
    sizes(variants(local, remote));
    hostile(List.of(recursive(Packing.STABLE, local), recursive(Packing.STABLE, remote)));
    Model counted = local.remembering();
    Model countedRemote = remote.remembering();
    inserts(variants(counted, countedRemote));
    commits(counted);
    commits(countedRemote);
    semanticEdits(counted);
    retrieval(counted);
  }

  private static List<Variant> variants(Model local, Model remote) {
    return Stream.of(Variant.usual(local), Variant.sizes(local), Variant.usual(remote))
        .flatMap(List::stream)
        .toList();
  }

  private static Variant recursive(Packing packing, Model model) {
    return Variant.of("recursive", packing, model, model.limits().maxTokens());
  }

  private void sizes(List<Variant> variants) {
    printer.section("Size and time");
    printer.text("All documents, one thread, the best of three runs.");
    printer.table(new SizeFigure(data.documents()).table(variants));
  }

  private void hostile(List<Variant> variants) {
    printer.section("Hostile shapes");
    printer.text(
        "One run each. Goal: twice the text takes at most %s times as long."
            .formatted(Numbers.oneDigit(HostileFigure.GOAL)));
    printer.table(new HostileFigure(scale.hostileCharacters()).table(variants));
  }

  private void inserts(List<Variant> variants) {
    printer.section("One sentence inserted: chunks to embed");
    inserts(data.documents(), scale.inserts(), variants);
  }

  private void inserts(List<Document> documents, int count, List<Variant> variants) {
    printer.text(
        ("%d inserts into %d documents, seed %d."
                + " Goal, for stable packing: mean at most %s, 99th percentile at most %d.")
            .formatted(
                count,
                documents.size(),
                SEED,
                Numbers.oneDigit(InsertFigure.GOAL_MEAN),
                InsertFigure.GOAL_99));
    List<Insert> inserts = new SentenceInserts(documents, SEED).draw(count);
    printer.table(new InsertFigure(inserts, parser).table(variants));
  }

  private void commits(Model model) {
    printer.section("Real commits: tokens to embed, " + model.name());
    List<Variant> variants =
        Stream.concat(Variant.usual(model).stream(), Variant.sizes(model).stream()).toList();
    commits(data.edits(), variants, recursive(Packing.GREEDY, model));
  }

  private void commits(List<EditPair> edits, List<Variant> variants, Variant greedy) {
    printer.text(
        "%d commits, all together. Goal, for stable packing: at most %s of recursive greedy's."
            .formatted(edits.size(), Numbers.twoDigits(CommitFigure.GOAL)));
    printer.table(new CommitFigure(edits).table(variants, greedy));
  }

  /** On every third commit: to cut by topic, whole documents are embedded first. */
  private void semanticEdits(Model model) {
    List<EditPair> edits =
        IntStream.range(0, data.edits().size())
            .filter(i -> i % 3 == 0)
            .mapToObj(data.edits()::get)
            .toList();
    List<Document> documents = edits.stream().map(EditPair::before).toList();
    Variant greedy = recursive(Packing.GREEDY, model);
    List<Variant> variants =
        Stream.concat(
                Stream.of(greedy, recursive(Packing.STABLE, model)),
                Variant.semantic(model, embedder).stream())
            .toList();
    printer.section("Edits of semantic chunks");
    inserts(documents, scale.semanticInserts(), variants);
    commits(edits, variants, greedy);
  }

  private void retrieval(Model model) {
    printer.section("Retrieval");
    printer.text(
        "%d questions, the top 5 of all corpora together; in percent."
            .formatted(data.questions().size()));
    Retrieval retrieval = new Retrieval(data.corpora(), data.questions(), embedder);
    List<Variant> semantic = Variant.semantic(model, embedder);
    MarkdownTable cuttingCost = new CuttingCostFigure(retrieval.documents()).table(semantic);
    RetrievalFigure figure = new RetrievalFigure(retrieval, model).measure();
    semantic.forEach(figure::measure);
    printer.table(figure.table());
    printer.text(
        ("Goals: stable against greedy of equal mean size, lower bound above %s points (paired"
                + " bootstrap of the questions); structure and semantic at least recursive.")
            .formatted(Numbers.percent(RetrievalFigure.STABLE_GOAL)));
    printer.table(figure.comparisons());
    printer.table(cuttingCost);
  }
}
