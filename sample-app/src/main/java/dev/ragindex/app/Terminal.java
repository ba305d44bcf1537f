package dev.ragindex.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Where a command writes to. UTF-8 whatever the locale.
 *
 * @param out results
 * @param err errors of the human kind, and progress
 * @param interactive whether a person watches {@code err}
 */
record Terminal(PrintStream out, PrintStream err, boolean interactive) {

  /** Property by which the launcher tells which descriptor carries standard error. */
  private static final String ERRORS_ON_STDIN = "ragindex.errors-on-stdin";

  /** Property by which the launcher, which can tell, says that standard error is a terminal. */
  private static final String INTERACTIVE = "ragindex.interactive";

  private static final JsonFactory JSON = new JsonFactory();

  /** The streams of this process. */
  static Terminal ofProcess() {
    FileDescriptor errors =
        Boolean.getBoolean(ERRORS_ON_STDIN) ? FileDescriptor.in : FileDescriptor.err;
    return new Terminal(utf8(FileDescriptor.out), utf8(errors), Boolean.getBoolean(INTERACTIVE));
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /** Prints a command's result in the form the user asked for. */
  void show(Report report, boolean asJson) {
    if (asJson) {
      writeObject(report::json);
    } else {
      report.page(new Page(out));
    }
  }

  /** Prints one JSON object on a line of its own. */
  void writeObject(Fields fields) {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.writeStartObject();
      fields.writeTo(json);
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException("standard output cannot be written", e);
    }
  }

  /** Writes the fields of an object. */
  interface Fields {
    void writeTo(JsonGenerator json) throws IOException;
  }
}
