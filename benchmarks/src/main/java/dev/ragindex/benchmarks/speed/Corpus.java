package dev.ragindex.benchmarks.speed;

import dev.ragindex.api.Document;
import dev.ragindex.api.DocumentParser;
import dev.ragindex.benchmarks.Prose;
import dev.ragindex.benchmarks.tokens.TextKind;
import dev.ragindex.parsers.TikaParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Parsed documents of one kind.
 *
 * @param documents the documents, each as long as its file
 * @param megabytes millions of UTF-8 bytes of their texts
 */
record Corpus(List<Document> documents, double megabytes) {

  /** As much of each kind, so that none is met more often than another. */
  private static final long ENOUGH_BYTES = 800_000;

  private static final int MADE_UP = 20_000;
  private static final long SEED = 42;

  Corpus(List<Document> documents) {
    this(documents, documents.stream().mapToLong(Corpus::bytes).sum() / 1e6);
  }

  /**
   * Reads files below the folder of the kind's name, in lower case, within the folder that the
   * system property {@code texts} names, in the order of their paths, until they have {@value
   * #ENOUGH_BYTES} bytes. Without that property it is made-up English, which shows that a benchmark
   * runs and nothing else.
   */
  static Corpus of(TextKind kind) {
    String folder = System.getProperty("texts");
    return folder == null
        ? new Corpus(List.of(Prose.document(MADE_UP, SEED)))
        : read(Path.of(folder, kind.name().toLowerCase(Locale.ROOT)));
  }

  private static Corpus read(Path folder) {
    DocumentParser parser = TikaParser.create();
    List<Document> documents = new ArrayList<>();
    long length = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        if (length < ENOUGH_BYTES) {
          Document document =
              parser.parse(new TextFile(file.getFileName().toString(), Files.readString(file)));
          documents.add(document);
          length += bytes(document);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the texts in " + folder, e);
    }
    return new Corpus(documents);
  }

  private static long bytes(Document document) {
    return document.text().getBytes(StandardCharsets.UTF_8).length;
  }
}
