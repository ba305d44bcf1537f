package dev.ragindex.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.ragindex.api.DocumentId;
import dev.ragindex.core.StoredDocument;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The documents of an export, one at a time: lines of the same document stand together. Whatever is
 * wrong is refused with the number of its line.
 */
final class ImportFile implements Iterator<StoredDocument>, AutoCloseable {

  private final Path file;
  private final BufferedReader reader;
  private final Set<DocumentId> seen = new HashSet<>();
  private @Nullable ImportedLine next;
  private long line;

  private ImportFile(Path file, BufferedReader reader) {
    this.file = file;
    this.reader = reader;
  }

  /**
   * Sees to it that there is something to read.
   *
   * @throws Refusal if there is not
   */
  static void requireReadable(Path file) {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new Refusal("there is no file " + file, "name a file that 'export --vectors' wrote");
    }
  }

  /** Opens it at its first line. */
  static ImportFile open(Path file) {
    try {
      ImportFile opened = new ImportFile(file, Files.newBufferedReader(file));
      opened.advance();
      return opened;
    } catch (IOException e) {
      throw new UncheckedIOException("the file " + file + " cannot be read", e);
    }
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public StoredDocument next() {
    ImportedLine first = next;
    if (first == null) {
      throw new NoSuchElementException(file + " has no more lines");
    }
    if (!seen.add(first.id())) {
      throw wrong(line, "the lines of " + first.id() + " do not stand together");
    }
    List<ImportedLine> lines = new ArrayList<>();
    for (ImportedLine one = first; one != null && one.id().equals(first.id()); one = next) {
      if (one.ordinal() != lines.size()) {
        throw wrong(line, "chunk %d of %s is expected here".formatted(lines.size(), first.id()));
      }
      lines.add(one);
      advance();
    }
    return ImportedLine.document(lines);
  }

  /**
   * Takes the next document and has it checked.
   *
   * @throws Refusal if the check throws {@link IllegalArgumentException}; it names the lines
   */
  void check(Consumer<StoredDocument> check) {
    long from = line;
    StoredDocument document = next();
    try {
      check.accept(document);
    } catch (IllegalArgumentException e) {
      throw wrong(
          from,
          "%s; these lines hold it: %d to %d"
              .formatted(e.getMessage(), from, from + document.chunks().size() - 1));
    }
  }

  private void advance() {
    try {
      String text = reader.readLine();
      line++;
      next = text == null ? null : ImportedLine.parse(text);
    } catch (CharacterCodingException e) {
      throw wrong(line + 1, "it is not UTF-8");
    } catch (JsonProcessingException e) {
      throw wrong(line, "it is not a JSON object: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("the file " + file + " cannot be read", e);
    } catch (IllegalArgumentException e) {
      throw wrong(line, String.valueOf(e.getMessage()));
    }
  }

  private Refusal wrong(long at, String how) {
    return new Refusal(
        "%s, line %d: %s".formatted(file, at, how),
        "an import takes what 'rag-index export --vectors' wrote with the same model; nothing was"
            + " written");
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the file " + file + " cannot be closed", e);
    }
  }
}
