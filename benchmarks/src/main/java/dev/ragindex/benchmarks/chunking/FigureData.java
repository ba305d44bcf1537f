package dev.ragindex.benchmarks.chunking;

import dev.ragindex.api.Document;
import dev.ragindex.api.DocumentParser;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the figures are taken from, read and parsed.
 *
 * @param corpora documents of the retrieval evaluation, by name without extension
 * @param questions its questions
 * @param edits documents before and after real commits
 * @param more any other documents
 */
record FigureData(
    Map<String, Document> corpora,
    List<Question> questions,
    List<EditPair> edits,
    List<Document> more) {

  private static final String EXTENSION = ".md";
  private static final String BEFORE = ".before.md";
  private static final String AFTER = ".after.md";

  /**
   * Reads a data folder.
   *
   * @param folder holds {@code chunking-evaluation/*.md}, {@code chunking-evaluation/questions.csv}
   *     and {@code edit-pairs/*.before.md} with their {@code *.after.md}
   * @param more folders whose Markdown files, at any depth, are added
   */
  static FigureData read(Path folder, List<Path> more, DocumentParser parser) throws IOException {
    Map<String, Document> corpora =
        files(folder.resolve("chunking-evaluation"), EXTENSION).stream()
            .collect(Collectors.toMap(FigureData::corpusName, file -> parsed(file, parser)));
    return new FigureData(
        corpora,
        questions(folder.resolve("chunking-evaluation/questions.csv"), corpora),
        edits(folder.resolve("edit-pairs"), parser),
        parsedAll(more, parser));
  }

  /** Every document once, those of the edits as they were before. */
  List<Document> documents() {
    Stream<Document> before = edits.stream().map(EditPair::before);
    return Stream.of(corpora.keySet().stream().sorted().map(corpora::get), before, more.stream())
        .flatMap(documents -> documents)
        .toList();
  }

  private static String corpusName(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - EXTENSION.length());
  }

  private static List<Question> questions(Path csv, Map<String, Document> corpora)
      throws IOException {
    Map<String, String> texts =
        corpora.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().text()));
    try (Reader reader = Files.newBufferedReader(csv)) {
      return Question.read(reader, texts);
    }
  }

  private static List<EditPair> edits(Path folder, DocumentParser parser) throws IOException {
    List<EditPair> pairs = new ArrayList<>();
    for (Path before : files(folder, BEFORE)) {
      String name = before.getFileName().toString();
      Path after = before.resolveSibling(name.replace(BEFORE, AFTER));
      pairs.add(new EditPair(parsed(before, parser), parsed(after, parser)));
    }
    return pairs;
  }

  private static List<Document> parsedAll(List<Path> folders, DocumentParser parser)
      throws IOException {
    List<Document> documents = new ArrayList<>();
    for (Path folder : folders) {
      files(folder, EXTENSION).forEach(file -> documents.add(parsed(file, parser)));
    }
    return documents;
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static Document parsed(Path file, DocumentParser parser) {
    return parser.parse(MarkdownFile.read(file));
  }
}
