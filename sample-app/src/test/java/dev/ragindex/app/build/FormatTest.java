package dev.ragindex.app.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every Java file is as google-java-format lays it out. With {@code -Dformat} (the script {@code
 * ./format}) the files are rewritten.
 */
class FormatTest {

  private static final boolean REWRITE = System.getProperty("format") != null;

  @Test
  void every_java_file_is_formatted() throws Exception {
    List<Path> files = SourceFiles.all();
    List<Path> unformatted =
        files.parallelStream()
            .filter(file -> !isFormatted(file))
            .map(SourceFiles.repository()::relativize)
            .toList();
    assertThat(files).as("files looked at").hasSizeGreaterThan(100);
    assertThat(unformatted).as("not formatted; ./format does it").isEmpty();
  }

  private static boolean isFormatted(Path file) {
    try {
      String source = Files.readString(file);
      String formatted = new Formatter().formatSourceAndFixImports(source);
      if (!formatted.equals(source) && REWRITE) {
        Files.writeString(file, formatted);
        return true;
      }
      return formatted.equals(source);
    } catch (IOException | FormatterException e) {
      throw new AssertionError(file + " cannot be formatted", e);
    }
  }
}
