package dev.ragindex.tokens;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Real texts: what this project consists of. */
final class ProjectTexts {

  private ProjectTexts() {}

  /** The folder named by {@code -Dtokens.data=FOLDER}, or of this module's tests. */
  static Path more() {
    return Path.of(System.getProperty("tokens.data", "src/test/java"));
  }

  /** The texts below a folder whose file names end in one of these ways. */
  static Stream<String> below(Path folder, String... endings) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().contains("target"))
          .filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
          .map(ProjectTexts::read)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
